/** Forward only, in this order. Each file opens with its why. */
import * as foundations from './0001-foundations.ts'
import * as ownLedgers from './0002-own-ledgers.ts'
import * as quantities from './0004-quantities.ts'

export const migrations = {
  '0001-foundations': foundations,
  '0002-own-ledgers': ownLedgers,
  '0004-quantities': quantities,
}
