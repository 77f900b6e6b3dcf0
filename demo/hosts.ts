/** Two townships hold something together: one host has agreed, 栗岚镇 is still asked. */
import { createRecord } from '../domain/records/ledgers/contract.ts'
import { answerHost } from '../domain/records/ledgers/hostsContract.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Actor } from '../kernel/context.ts'
import { newId } from '../kernel/id.ts'
import { call, type Stage } from './stage.ts'

/** Whoever runs the work there: the founder of the demo could answer for everybody. */
const workingAt = ({ id, countyId, pathNow, name }: Org): Actor => ({
  accountId: newId(),
  personId: null,
  name: `${name}书记`,
  grants: [{ orgId: id, countyId, path: pathNow, role: 'manager' }],
})

interface Together {
  /** A branch of another township. */
  branch: Org
  asked: Org
  agreeing: Org
}

export async function holdTogether(stage: Stage, { branch, asked, agreeing }: Together): Promise<void> {
  const by = workingAt(branch)
  const held = (title: string, day: string, host: Org) =>
    call(stage.at('2024-06-11 15:20:00', by), createRecord, {
      params: { ledger: 'themeActivity' },
      body: {
        orgId: branch.id,
        day,
        title,
        personTimes: 46,
        fields: { kind: 'treePlanting' },
        hosts: [host.id],
      },
    })
  await held('两镇界河护岸林植树', '2024-06-08', asked)
  const { id, version } = await held('两地青年林管护', '2024-06-10', agreeing)
  await call(stage.at('2024-06-12 10:05:00', workingAt(agreeing)), answerHost, {
    params: { id, orgId: agreeing.id },
    body: { answer: 'agree', version },
  })
}
