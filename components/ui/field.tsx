import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classes } from "./classes.ts";

type ControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  required: boolean | undefined;
};

/**
 * Label above; below the hint, and in its place the error while there is one. The child gets the ids that tie them together:
 * `<Field label={…}>{(control) => <Input {...control} />}</Field>`.
 */
export function Field({
  label,
  hint,
  error,
  required,
  aside,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** At the right of the label, for example a link. */
  aside?: ReactNode;
  className?: string;
  children: (control: ControlProps) => ReactNode;
}) {
  const id = useId();
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div className={classes("flex flex-col gap-1.5", className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": described,
        "aria-invalid": error ? true : undefined,
        required,
      })}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-danger-text text-small">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span className="min-w-0">{error}</span>
        </p>
      ) : (
        hint && (
          <div id={`${id}-hint`} className="text-ink-muted text-small">
            {hint}
          </div>
        )
      )}
    </div>
  );
}
