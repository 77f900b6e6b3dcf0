/** Who can be tried: accounts of people of the demo, whose posts say what they may do. */
import { type DemoSetting, turnDemoOn } from '../domain/structure/accounts/demo.ts'
import { addAccount } from '../domain/structure/accounts/setup.ts'
import type { Actor, Context } from '../kernel/context.ts'

export interface NewRole {
  id: string
  title: string
  name: string
  personId: string
  errand: string
  /** The page on which their day begins. */
  start: string
}

/** Hands of these people, for what they recorded. */
export async function openRoles(ctx: Context, roles: NewRole[]): Promise<Map<string, Actor>> {
  const listed: DemoSetting['roles'] = []
  for (const { personId, ...role } of roles) {
    const accountId = await addAccount(ctx, { personId, name: role.name, username: role.id })
    listed.push({ ...role, accountId })
  }
  await turnDemoOn(ctx.db, { roles: listed })
  const { grants } = ctx.actor
  return new Map(
    roles.map(({ id, name, personId }, i) => [
      id,
      { accountId: listed[i]?.accountId ?? '', name, personId, grants },
    ]),
  )
}
