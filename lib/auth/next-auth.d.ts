import "next-auth";

declare module "next-auth" {
  interface User {
    /** users.session_epoch at log-in. */
    epoch: number;
  }
}
