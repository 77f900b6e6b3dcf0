/**
 * The people of a county: members with what the register knows of them, officers, and a few entered twice. Numbers:
 * member `n` stands in branch `n / perBranch`; who leads an organisation follows from the number as well.
 */
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../kernel/database/tables.ts'
import { nameKey } from '../../kernel/pinyin.ts'
import { chance, FIRST_DAY, idOf, letter, NOBODY, skewed, TODAY } from './numbers.ts'
import { BRANCHES_OF_COUNTY, BRANCHES_OF_TOWNSHIP, type Shape, TOWNSHIPS_OF_COUNTY } from './shape.ts'
import type { Step } from './steps.ts'

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈',
]
const GIVEN = [
  ...'伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰红玲桃浩宇轩然子涵欣怡梓晨雨泽思佳俊豪诗琪嘉文博雅婷晓东志远建国海燕春梅',
]

/** Every so many-eth person was entered a second time, without a phone. */
const TWICE = 97

export const peopleSteps = (shape: Shape): Step[] => [
  { name: 'heads of cities and the province', write: writeHeads },
  ...Array.from({ length: shape.counties }, (_, county) => ({
    name: `people of county ${county + 1}`,
    write: (db: Transaction<Database>) => writePeople(db, shape, county),
  })),
]

/** The members of a county, with the branch in which each stands. */
export const membersOf = ({ members, perBranch }: Shape, county: number): RawBuilder<unknown> => {
  const [first, after] = [
    county * BRANCHES_OF_COUNTY * perBranch,
    (county + 1) * BRANCHES_OF_COUNTY * perBranch,
  ]
  const last = Math.min(after, members) - 1
  return sql`(select v.n, v.k, b.n as branch, b.id as branch_id, b.county_id, b.path from
    (select n, case when n % ${sql.lit(TWICE)} = 1 then n - 1 else n end as k
      from generate_series(${sql.lit(first)}, ${sql.lit(last)}) n) v
    join bench.org b on b.kind = 'branch' and b.n = v.n / ${sql.lit(perBranch)})`
}

async function writePeople(db: Transaction<Database>, shape: Shape, county: number): Promise<void> {
  const members = membersOf(shape, county)
  await writePersons(db, members)
  await writeMemberships(db, members)
  await writeTraits(db, members)
  await writeOfficers(db, shape, county)
}

const namesOf = (k: RawBuilder<unknown>) => {
  const picked = [
    { letters: SURNAMES, at: skewed(k, 1, SURNAMES.length - 1) },
    { letters: GIVEN, at: chance(k, 2, GIVEN.length) },
    { letters: GIVEN, at: chance(k, 3, GIVEN.length) },
  ]
  const keys = picked.map(({ letters, at }, place) =>
    letter(
      letters.map((one) => (place === 0 ? nameKey(one) : nameKey(`王${one}`).slice(5)).split(' /')[0] ?? ''),
      at,
    ),
  )
  return {
    name: sql.join(
      picked.map(({ letters, at }) => letter(letters, at)),
      sql` || `,
    ),
    key: sql`${sql.join(keys, sql` || ' ' || `)} || ' /' || ${sql.join(
      keys.map((key) => sql`left(${key}, 1)`),
      sql` || `,
    )}`,
  }
}

async function writePersons(db: Transaction<Database>, members: RawBuilder<unknown>): Promise<void> {
  const k = sql`m.k`
  const { name, key } = namesOf(k)
  const phone = sql`case when m.n = m.k and ${chance(k, 4, 10)} > 0
    then encode(sha256(convert_to('phone ' || m.k, 'UTF8')), 'base64') end`
  const joined = sql`date '2016-05-04' + ${chance(k, 5, 2900)}`
  await sql`insert into person (county_id, id, name, name_key, sex, birth_date, birth_precision, ethnicity,
      phone_digest, phone_masked, identity_state, joined_league_on, joined_league_precision, version, recorded_by,
      recorded_at)
    select m.county_id, ${idOf('person', sql`m.n`)}, ${name}, ${key},
      case when ${chance(k, 6, 100)} < 48 then 'female' else 'male' end,
      date '1995-06-19' + ${chance(k, 7, 5400)}, case when ${chance(k, 8, 20)} = 0 then 'month' else 'day' end,
      case when ${chance(k, 9, 100)} < 93 then '01' else '15' end, ${phone}, case when ${phone} is not null then '*********00' end,
      case when ${chance(k, 10, 10)} < 8 then 'verified' else 'unverified' end, ${joined}, 'day', 1, ${NOBODY},
      timestamp '2023-01-01' + ${chance(k, 11, 500)} * interval '1 day' from ${members} m`.execute(db)
}

/** All are members now; one in twenty came from a neighbouring branch. */
async function writeMemberships(db: Transaction<Database>, members: RawBuilder<unknown>): Promise<void> {
  const columns = sql`(county_id, id, person_id, org_id, start_reason, valid_from, from_precision, valid_to,
    to_precision, end_reason, version, recorded_by, recorded_at)`
  const since = sql`timestamp '2019-09-01' + ${chance(sql`m.n`, 12, 1000)} * interval '1 day'`
  const moved = sql`m.n % 20 = 0`
  await sql`insert into membership ${columns}
    select m.county_id, ${idOf('membership', sql`m.n`)}, ${idOf('person', sql`m.n`)}, m.branch_id,
      case when ${moved} then 'transferIn' when ${chance(sql`m.n`, 13, 4)} = 0 then 'admission' else 'roster' end,
      case when ${moved} then timestamp '2022-09-01' else ${since} end, 'day', 'infinity'::timestamp, null, null, 1, ${NOBODY}, ${TODAY}
    from ${members} m`.execute(db)
  await sql`insert into membership ${columns}
    select m.county_id, ${idOf('membership before', sql`m.n`)}, ${idOf('person', sql`m.n`)}, b.id, 'roster', ${since}, 'day',
      '2022-09-01', 'day', 'transferOut', 1, ${NOBODY}, ${TODAY} from ${members} m
    join bench.org b on b.kind = 'branch' and b.county_id = m.county_id and b.n = (m.branch / 20) * 20 + (m.branch + 1) % 20
    where ${moved}`.execute(db)
}

const LEVELS = ['bachelor', 'bachelor', 'college', 'highSchool', 'highSchool', 'juniorMiddle', 'postgraduate']

async function writeTraits(db: Transaction<Database>, members: RawBuilder<unknown>): Promise<void> {
  const trait = (name: string, value: RawBuilder<unknown>, share: number, salt: number) => sql`
    insert into person_trait (county_id, id, person_id, trait, value, valid_from, from_precision, recorded_by, recorded_at)
    select m.county_id, ${idOf(name, sql`m.n`)}, ${idOf('person', sql`m.n`)}, ${sql.lit(name)}, ${value}, ${FIRST_DAY},
      'unknown', ${NOBODY}, ${TODAY} from ${members} m where ${chance(sql`m.n`, salt, 100)} < ${sql.lit(share)}`
  await trait('education', letter(LEVELS, chance(sql`m.k`, 14, LEVELS.length)), 60, 15).execute(db)
  await trait('party', sql`'partyMember'`, 3, 16).execute(db)
  await trait('mobile', sql`'yes'`, 5, 17).execute(db)
}

const POSTS = ['secretary', 'deputySecretary', 'committeeMember']
const TITLES = ['书记', '副书记', '委员']

/** Three of each branch, and three of its first branch for each township and county. */
async function writeOfficers(db: Transaction<Database>, { perBranch }: Shape, county: number): Promise<void> {
  const led = [
    { kind: 'branch', each: 1, count: BRANCHES_OF_COUNTY, skip: 0 },
    { kind: 'township', each: BRANCHES_OF_TOWNSHIP, count: TOWNSHIPS_OF_COUNTY, skip: 3 },
    { kind: 'county', each: BRANCHES_OF_COUNTY, count: 1, skip: 6 },
  ]
  for (const { kind, each, count, skip } of led) {
    const person = sql`o.n * ${sql.lit(each * perBranch)} + (p + ${sql.lit(skip)}) % ${sql.lit(perBranch)}`
    await sql`insert into appointment (county_id, id, person_id, org_id, post, post_title, officer_kind, mode, valid_from,
        from_precision, version, recorded_by, recorded_at)
      select o.county_id, ${idOf(`appointment ${kind}`, sql`o.n * 3 + p`)}, ${idOf('person', person)}, o.id,
        ${letter(POSTS, sql`p`)}, ${letter(TITLES, sql`p`)}, case when o.n % 4 = 0 then 'fullTime' else 'partTime' end, 'elected',
        timestamp '2021-01-01' + ${chance(sql`o.n`, 18, 900)} * interval '1 day', 'day', 1, ${NOBODY}, ${TODAY}
      from bench.org o, generate_series(0, 2) p
      where o.kind = ${kind} and o.n >= ${sql.lit(county * count)} and o.n < ${sql.lit((county + 1) * count)}`.execute(
      db,
    )
  }
}

/** Secretaries of what spans counties are registered there. */
async function writeHeads(db: Transaction<Database>): Promise<void> {
  const heads = sql`(select *, row_number() over (order by kind, n) as place from bench.org where kind in ('city', 'province')) o`
  await sql`insert into person (county_id, id, name, name_key, identity_state, version, recorded_by, recorded_at)
    select county_id, ${idOf('head', sql`place`)}, '陈省', 'chen sheng /cs', 'pending', 1, ${NOBODY}, ${TODAY} from ${heads}`.execute(
    db,
  )
  await sql`insert into appointment (county_id, id, person_id, org_id, post, post_title, valid_from, from_precision, version,
      recorded_by, recorded_at)
    select county_id, ${idOf('appointment head', sql`place`)}, ${idOf('head', sql`place`)}, id, 'secretary', '书记',
      '2021-01-01', 'day', 1, ${NOBODY}, ${TODAY} from ${heads}`.execute(db)
}
