declare module "s3rver" {
  /** An S3-compatible server on disk; it knows one key pair, S3RVER/S3RVER, and does not check version 4 signatures. */
  export default class S3rver {
    constructor(options: {
      port: number;
      address: string;
      silent: boolean;
      directory: string;
      configureBuckets: { name: string; configs: string[] }[];
    });
    run(): Promise<{ address: string; port: number }>;
    close(): Promise<void>;
  }
}
