/** Forward only, in this order. Each file opens with its why. */
import * as foundations from './0001-foundations.ts'
import * as quantities from './0004-quantities.ts'

export const migrations = { '0001-foundations': foundations, '0004-quantities': quantities }
