/** The demo's invented organisations and the people who can be tried. */
import { type DemoSetting, turnDemoOn } from '../domain/structure/accounts/demo.ts'
import { addAccount, addHolder, openTop } from '../domain/structure/accounts/setup.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { type Context, contextOf, type Services } from '../kernel/context.ts'
import { nobody } from '../kernel/serve.ts'

const founder = {
  ...nobody,
  name: '演示',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' as const }],
}

/** Fills an empty deployment. */
export async function loadDemo(services: Services): Promise<void> {
  await services.db.transaction().execute(async (db) => {
    const ctx = contextOf(services, db, founder)
    const city = await openTop(ctx, { name: '共青团云州市委员会', level: 'city', code: '9901' })
    const open = (parent: Org, name: string, type: string, sector: string, level: string | null = null) =>
      openOrg(ctx, { parent, name, type, sector, level })
    const county = await open(city, '共青团云溪县委员会', 'committee', 'territory', 'county')
    const town = await open(county, '柳溪镇团委', 'committee', 'territory', 'township')
    const branches = []
    for (const name of ['柳河村团支部', '桃源村团支部', '青石村团支部'])
      branches.push(await open(town, name, 'branch', 'village'))
    const roles = [
      await role(ctx, town, {
        id: 'township',
        title: '乡镇团委书记',
        name: '林晓芸',
        post: 'secretary',
        errand: '记一笔、导入表格、写半年总结',
      }),
      await role(ctx, town, {
        id: 'staff',
        title: '乡镇团委干事',
        name: '何子健',
        post: 'staff',
        errand: '整理台账和名册',
      }),
      await role(ctx, branches[0] ?? town, {
        id: 'branch',
        title: '村团支部书记',
        name: '周小禾',
        post: 'secretary',
        errand: '用手机记活动、收团费',
      }),
      await role(ctx, county, {
        id: 'county',
        title: '县级团委书记',
        name: '陈思远',
        post: 'secretary',
        errand: '看各乡镇的进度和上报',
      }),
      await role(ctx, city, {
        id: 'city',
        title: '市级审阅人',
        name: '苏婉清',
        post: 'reviewer',
        errand: '比较、核对各县上报的数据',
      }),
    ]
    await turnDemoOn(db, { roles })
  })
}

interface NewRole {
  id: string
  title: string
  name: string
  post: string
  errand: string
}

async function role(ctx: Context, org: Org, wanted: NewRole): Promise<DemoSetting['roles'][number]> {
  const { post, ...shown } = wanted
  const personId = await addHolder(ctx, org, { name: wanted.name, post, postTitle: wanted.title })
  const accountId = await addAccount(ctx, { personId, name: wanted.name, username: wanted.id })
  return { ...shown, start: wanted.id === 'branch' ? '/m' : '/', accountId }
}
