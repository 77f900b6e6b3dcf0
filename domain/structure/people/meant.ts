/** Whom a form means that gives a membership or a post. */
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid } from '../../../kernel/errors.ts'
import type { Org } from '../organisations/queries.ts'
import type { PersonInput, Warning } from './contract.ts'
import type { GivenPerson } from './enter.ts'
import type { PersonEntry, PersonRow } from './entry.ts'
import { findPerson } from './queries.ts'
import { entryFrom } from './rules.ts'
import { actingOrg } from './ties.ts'

/** Somebody by id whom the caller's organisations hold, or as typed. @throws notFound; forbidden; conflict `otherCounty`; invalid naming the field */
export async function personMeant(
  ctx: Context,
  org: Org,
  body: { personId?: string; person?: PersonInput; confirmed?: string[] },
): Promise<{ person: PersonEntry | GivenPerson; warnings: Warning[]; known: PersonRow | null }> {
  if (body.personId) {
    const found = await findPerson(ctx, body.personId, org)
    actingOrg(ctx, 'structure.change', found)
    const { row } = found
    if (row.countyId !== org.countyId)
      throw conflict(
        'otherCounty',
        `${row.name}登记在别的县（区）。请改用“新登记”，填写姓名和身份证号，系统会认出是同一个人。`,
      )
    const person = { orgId: org.id, personId: row.id, countyId: row.countyId }
    return { person, warnings: [], known: row }
  }
  if (!body.person)
    throw invalid('person', '请选择一个人，或填写姓名等资料。', [{ field: 'person', reason: '必填' }])
  const { entry, warnings } = entryFrom(body.person, org.id, body.confirmed)
  return { person: entry, warnings, known: null }
}
