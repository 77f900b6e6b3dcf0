/** The slices in the order of the flow, and what the wiring needs of them. A new slice is added here. */
import * as jobs from '../kernel/jobs/handlers.ts'
import type { JobKind } from '../kernel/jobs/runner.ts'
import { type ReferenceKind, resolveBy } from '../kernel/references.ts'
import type { AnyRoute } from '../kernel/route.ts'
import * as indicators from './indicators/handlers.ts'
import * as overview from './indicators/overview/handlers.ts'
import * as bulk from './records/bulk/handlers.ts'
import * as duplicates from './records/duplicates/handlers.ts'
import * as imports from './records/import/handlers.ts'
import * as ledgers from './records/ledgers/handlers.ts'
import * as ownLedgers from './records/ledgers/own/handlers.ts'
import { rewritePaths } from './records/ledgers/paths.ts'
import * as participation from './records/participation/handlers.ts'
import * as views from './records/views/handlers.ts'
import * as forms from './reports/forms/handlers.ts'
import * as inspection from './reports/inspection/handlers.ts'
import * as summaries from './reports/summaries/handlers.ts'
import * as accounts from './structure/accounts/handlers.ts'
import * as appointments from './structure/appointments/handlers.ts'
import * as memberships from './structure/memberships/handlers.ts'
import * as merges from './structure/merges/handlers.ts'
import * as organisations from './structure/organisations/handlers.ts'
import { whenPathsChange } from './structure/organisations/lives.ts'
import * as people from './structure/people/handlers.ts'
import * as registers from './structure/registers/handlers.ts'
import * as restructuring from './structure/restructuring/handlers.ts'

const slices: { routes: AnyRoute[]; references?: ReferenceKind[]; jobs?: JobKind[] }[] = [
  organisations,
  people,
  registers,
  memberships,
  appointments,
  restructuring,
  accounts,
  merges,
  participation,
  ledgers,
  ownLedgers,
  views,
  bulk,
  duplicates,
  imports,
  indicators,
  overview,
  summaries,
  inspection,
  forms,
  jobs,
]

export const routes: AnyRoute[] = slices.flatMap((slice) => slice.routes)

/** Long work that the server runs beside answering. */
export const jobKinds: JobKind[] = slices.flatMap((slice) => slice.jobs ?? [])

for (const kind of slices.flatMap((slice) => slice.references ?? [])) resolveBy(kind)

whenPathsChange(rewritePaths)
