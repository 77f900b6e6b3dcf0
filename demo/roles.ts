/** Who can be tried: accounts of people of the demo, whose posts say what they may do. */
import { type DemoSetting, turnDemoOn } from '../domain/structure/accounts/demo.ts'
import { addAccount } from '../domain/structure/accounts/setup.ts'
import type { Actor, Context } from '../kernel/context.ts'

/** In the order in which they are offered. `start`: the page on which their day begins. */
const ROLES = [
  { id: 'branchSecretary', title: '村团支部书记', errand: '用手机记活动、收团费', start: '/m' },
  { id: 'townshipSecretary', title: '镇团委书记', errand: '记一笔、导入表格、写半年总结', start: '/' },
  { id: 'countyStaff', title: '团县委干事', errand: '看各乡镇的进度和上报', start: '/' },
  { id: 'member', title: '团员', errand: '在手机上看自己的团籍和参加过的活动', start: '/m' },
  { id: 'reviewer', title: '市级审阅人', errand: '比较、核对各县区上报的数据', start: '/' },
] as const

type RoleId = (typeof ROLES)[number]['id']

/** The hand of each role, for what they recorded; it may do what the caller may. */
export async function openRoles(
  ctx: Context,
  people: Record<RoleId, string>,
): Promise<Record<RoleId, Actor>> {
  const listed: DemoSetting['roles'] = []
  const hands: Partial<Record<RoleId, Actor>> = {}
  for (const role of ROLES) {
    const personId = people[role.id]
    const { name } = await ctx.db
      .selectFrom('person')
      .select('name')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow()
    const accountId = await addAccount(ctx, { personId, name, username: role.id })
    listed.push({ ...role, name, accountId })
    hands[role.id] = { accountId, personId, name, grants: ctx.actor.grants }
  }
  await turnDemoOn(ctx.db, { roles: listed })
  return hands as Record<RoleId, Actor>
}
