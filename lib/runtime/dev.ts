import { launch } from "./launcher.ts";

/** Pages are built as they are opened, and again when they change. */
await launch({ dev: true });
