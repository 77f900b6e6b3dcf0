import { type AnyRoute, route } from '../../../kernel/route.ts'
import * as contract from './contract.ts'
import { coverage } from './coverage.ts'
import { overview } from './overview.ts'

export const routes: AnyRoute[] = [
  route(contract.getOverview, overview),
  route(contract.getCoverage, coverage),
]
