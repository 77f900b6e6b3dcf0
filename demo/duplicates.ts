/**
 * What offices really write down twice, so that 查重 is not empty: the same person under a name of the same sound,
 * with a slip of the pen, with nothing but a name; one activity by a township and a village, by one village twice.
 * All of it lies after the day on which the summaries of 栗岚镇 are cut off, so none of their quantities changes.
 */
import { sql } from 'kysely'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { PersonRow } from '../domain/structure/people/entry.ts'
import type { Actor, Context } from '../kernel/context.ts'
import { newId } from '../kernel/id.ts'
import type { Lilan } from './lilan/tree.ts'
import { photograph } from './photos.ts'
import { MORNING, record, type Stage, settle } from './stage.ts'

const DAY = '2024-06-17'
const AT = `${DAY} 16:20:00`

const ALIKE: Record<string, string> = Object.fromEntries(
  [
    '磊雷',
    '伟玮',
    '宇雨',
    '婷亭',
    '琳林',
    '雯文',
    '鹏朋',
    '浩皓',
    '轩宣',
    '峰锋',
    '斌彬',
    '辉晖',
    '翔祥',
    '毅逸',
  ]
    .concat([
      '颖影',
      '菲飞',
      '琪奇',
      '瑶遥',
      '璐露',
      '慧惠',
      '芸云',
      '薇微',
      '敏闵',
      '静敬',
      '涛滔',
      '杰洁',
      '超抄',
    ])
    .map((two) => [...two]),
)

export async function enterTwice(stage: Stage, by: Actor, lilan: Lilan): Promise<void> {
  await peopleTwice(stage.at(AT), lilan)
  await recordsTwice(stage, by, lilan)
}

async function peopleTwice(ctx: Context, { org, villages, office }: Lilan): Promise<void> {
  const at = (n: number): Org => villages[n]?.org ?? org
  const sounding = await oneOf(ctx, at(1), (p) => ALIKE[p.name.slice(-1)] !== undefined)
  const slipped = await oneOf(ctx, at(2), (p) => p.phoneSealed !== null)
  const bare = await oneOf(ctx, at(3), () => true)
  const { secrets } = ctx.services
  const entry = (branch: Org, person: { name: string; birth?: string; sex?: string; phone?: string }) => ({
    person: { orgId: branch.id, ...person },
    from: DAY,
  })
  await settle(ctx, org, [
    entry(office.org, {
      name: sounding.name.slice(0, -1) + (ALIKE[sounding.name.slice(-1)] ?? ''),
      birth: sounding.birthDate ?? '',
      sex: sounding.sex ?? '',
    }),
    entry(at(2), {
      name: `${slipped.name.slice(0, 1)}${slipped.name.slice(1, 2) === '晓' ? '小' : '晓'}${slipped.name.slice(2)}`,
      sex: slipped.sex ?? '',
      phone: secrets.open(slipped.phoneSealed ?? ''),
    }),
    entry(at(3), { name: bare.name }),
  ])
}

async function oneOf(ctx: Context, org: Org, fits: (p: PersonRow) => boolean): Promise<PersonRow> {
  const { rows } = await sql<PersonRow>`
    select p.* from person p join membership m on m.county_id = p.county_id and m.person_id = p.id
    where m.org_id = ${org.id} and m.voided_at is null and m.valid_to = 'infinity' order by p.name_key, p.name`.execute(
    ctx.db,
  )
  const found = rows.find(fits)
  if (!found) throw new Error(`nobody in ${org.name} fits`)
  return found
}

async function recordsTwice(stage: Stage, by: Actor, { org, villages, schools }: Lilan): Promise<void> {
  const [village, third] = [villages[1]?.org ?? org, villages[5]?.org ?? org]
  const school = schools[0]?.org ?? org
  const ids = { town: newId(), village: newId() }
  await record(stage, by, {
    volunteering: [
      {
        id: ids.town,
        orgId: org.id,
        day: '2024-06-16',
        title: '“情暖父亲节”看望留守老人',
        personTimes: 24,
        fields: { kind: 'elderCare', place: '槿湾村' },
        participants: [{ name: '何景舟' }, { name: '唐若溪' }],
      },
      {
        id: ids.village,
        orgId: village.id,
        day: '2024-06-16',
        title: '父亲节走访看望留守老人',
        personTimes: 15,
        fields: { kind: 'elderCare', place: '槿湾村老年活动室', hours: 30 },
        participants: [{ name: '唐若溪' }, { name: '谢知远' }],
      },
    ],
    themeActivity: [
      {
        orgId: third.id,
        day: '2024-06-17',
        title: '防溺水宣传',
        personTimes: 18,
        fields: { place: '荻浦村文化广场' },
      },
      {
        orgId: third.id,
        day: '2024-06-17',
        title: '荻浦村防溺水宣传活动',
        personTimes: 18,
        fields: { place: '文化广场' },
      },
      {
        orgId: org.id,
        day: '2024-06-17',
        title: '栗岚中学“青春自护”防溺水团课',
        personTimes: 60,
        fields: { place: '栗岚中学' },
      },
      {
        orgId: school.id,
        day: '2024-06-17',
        title: '青春自护防溺水团课',
        personTimes: 60,
        fields: { place: '栗岚中学报告厅' },
      },
    ],
  })
  const ctx = stage.at(MORNING, by)
  await photograph(ctx, [ids.town])
  await photograph(ctx, [ids.village])
}
