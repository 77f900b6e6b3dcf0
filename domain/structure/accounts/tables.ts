/** Who may sign in. What they may do comes from their appointments. */

export interface AccountTable {
  id: string
  personId: string | null
  name: string
  username: string
  passwordHash: string | null
  failedAttempts: number
  lockedUntil: string | null
  createdAt: string
  closedAt: string | null
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    account: AccountTable
    session: {
      tokenDigest: string
      accountId: string
      createdAt: string
      expiresAt: string
      agent: string | null
    }
    /** One-time links: set-up (no account yet) and setting a password. */
    invitation: { tokenDigest: string; accountId: string | null; expiresAt: string; usedAt: string | null }
  }
}
