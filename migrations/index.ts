/** Forward only, in this order. Each file opens with its why. */
import * as foundations from './0001-foundations.ts'
import * as ownLedgers from './0002-own-ledgers.ts'
import * as views from './0003-views.ts'
import * as quantities from './0004-quantities.ts'
import * as merges from './0005-merges.ts'
import * as forms from './0006-forms.ts'
import * as boundKeys from './0007-bound-keys.ts'
import * as jointHosts from './0008-joint-hosts.ts'
import * as hiddenNumbers from './0009-hidden-numbers.ts'
import * as doors from './0010-doors.ts'
import * as load from './0011-load.ts'
import * as pictures from './0012-pictures.ts'
import * as openCells from './0014-open-cells.ts'
import * as stages from './0019-stages.ts'
import * as registerStatements from './0020-register-statements.ts'
import * as recordReferences from './0021-record-references.ts'

export const migrations = {
  '0001-foundations': foundations,
  '0002-own-ledgers': ownLedgers,
  '0003-views': views,
  '0004-quantities': quantities,
  '0005-merges': merges,
  '0006-forms': forms,
  '0007-bound-keys': boundKeys,
  '0008-joint-hosts': jointHosts,
  '0009-hidden-numbers': hiddenNumbers,
  '0010-doors': doors,
  '0011-load': load,
  '0012-pictures': pictures,
  '0014-open-cells': openCells,
  '0019-stages': stages,
  '0020-register-statements': registerStatements,
  '0021-record-references': recordReferences,
}
