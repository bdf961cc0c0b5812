import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";

const TONES = {
  info: { look: "bg-info-tint text-info-text", Icon: Info },
  success: { look: "bg-success-tint text-success-text", Icon: CircleCheck },
  warning: { look: "bg-warning-tint text-warning-text", Icon: TriangleAlert },
  danger: { look: "bg-danger-tint text-danger-text", Icon: CircleAlert },
} as const;

/**
 * Something the reader should know here and now. `strip` is the quiet full-width line at the top of a
 * page; otherwise it is a box in the flow. Danger is announced at once, the others when there is time.
 */
export function Banner({
  tone = "info",
  title,
  children,
  action,
  strip = false,
  className,
}: {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  strip?: boolean;
  className?: string;
}) {
  const { look, Icon } = TONES[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={classes(
        "flex items-start gap-2.5",
        strip ? "px-4 py-2 text-small" : "rounded-lg px-3.5 py-3",
        look,
        className,
      )}
    >
      <Icon aria-hidden className={classes("shrink-0", strip ? "size-4 mt-px" : "size-4.5 mt-px")} />
      <div className="min-w-0 flex-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={title ? "mt-0.5 text-ink-muted" : undefined}>{children}</div>}
      </div>
      {action && <div className="shrink-0 self-center">{action}</div>}
    </div>
  );
}
