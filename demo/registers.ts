/** From which day the rosters of the demo are complete, as each committee states it for everything below. */

import type { Org } from '../domain/structure/organisations/queries.ts'
import { stateRegister } from '../domain/structure/registers/contract.ts'
import { REGISTERS } from '../domain/structure/registers/registers.ts'
import { call, type Stage } from './stage.ts'

export async function stateRegisters(stage: Stage, stated: [Org, string][]): Promise<void> {
  const ctx = stage.at('2024-06-03 08:40:00')
  for (const [org, completeFrom] of stated)
    for (const { value } of REGISTERS)
      await call(ctx, stateRegister, { body: { orgId: org.id, register: value, completeFrom } })
}
