/** From which day a register of people is complete at an organisation and below. */
export interface RegisterStatementTable {
  countyId: string
  id: string
  orgId: string
  /** members, officers. */
  register: string
  completeFrom: string
  /** hand: somebody said so; roster: an import of a whole roster; entry: the first entry, before which nobody kept it. */
  statedBy: string
  batchId: string | null
  recordedBy: string
  recordedAt: string
  voidedAt: string | null
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    registerStatement: RegisterStatementTable
  }
}
