/** Who took part in a record. */

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    participation: {
      countyId: string
      id: string
      recordId: string
      /** Null where the name is not a known person. */
      personId: string | null
      name: string
      role: string
      hours: string | null
      points: string | null
      amount: string | null
    }
  }
}

export type {}
