/** Who may sign in. What they may do comes from their appointments. */

export interface AccountTable {
  id: string
  personId: string | null
  name: string
  username: string
  passwordHash: string | null
  createdAt: string
  closedAt: string | null
}

export interface SessionTable {
  tokenDigest: string
  /** What its holder names it by; the token is known to nobody else. */
  id: string
  accountId: string
  kind: 'desktop' | 'phone'
  agent: string
  address: string
  createdAt: string
  lastUsedAt: string
  expiresAt: string
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    account: AccountTable
    session: SessionTable
    attempt: { key: string; failures: number; lastAt: string; waitUntil: string }
    /** One-time links: set-up (no account yet) and setting a password. */
    invitation: { tokenDigest: string; accountId: string | null; expiresAt: string; usedAt: string | null }
  }
}
