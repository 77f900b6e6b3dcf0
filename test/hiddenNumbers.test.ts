import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../kernel/database/migrate.ts'
import { newId } from '../kernel/id.ts'
import { openWorld } from '../kernel/testing.ts'
import { migrations } from '../migrations/index.ts'

test('masks of earlier releases are rewritten wherever they lie, without the key', async () => {
  const { '0009-hidden-numbers': _this, ...earlier } = migrations
  const before = Object.fromEntries(Object.entries(earlier).filter(([name]) => name < '0009'))
  const world = await openWorld(before)
  try {
    const [county, id, account] = [newId(), newId(), newId()]
    const row = `{"id_no_masked": "990***********002X", "phone_masked": "199****4321", "name": "古早"}`
    const plain = `{"idNoMasked": "990***********0021", "phoneMasked": null, "version": 1}`
    await sql`insert into person (county_id, id, name, name_key, identity_state, id_no_masked, phone_masked, version,
      recorded_by, recorded_at) values (${county}, ${id}, '古早', 'guzao', 'verified', '990***********002X',
      '199****4321', 1, ${account}, now()), (${county}, ${newId()}, '无号', 'wuhao', 'pending', null, null, 1,
      ${account}, now())`.execute(world.owner)
    await sql`insert into merge_change values (${county}, ${newId()}, ${newId()}, 0, 'person', 'k',
      ${row}::jsonb, null)`.execute(world.owner)
    await sql`insert into batch_change values (${county}, ${newId()}, ${newId()}, 'person', ${id},
      ${plain}::jsonb)`.execute(world.owner)
    await migrate(world.owner, migrations)
    const read = async (query: string) => (await sql.raw<object>(query).execute(world.owner)).rows
    expect(await read('select name, id_no_masked, phone_masked from person order by name_key')).toEqual([
      { name: '古早', idNoMasked: '已登记', phoneMasked: '*********21' },
      { name: '无号', idNoMasked: null, phoneMasked: null },
    ])
    const kept = [
      ...(await read('select before::text as "before" from merge_change')),
      ...(await read('select before::text as "before" from batch_change')),
    ].map((r) => JSON.parse((r as { before: string }).before))
    expect(kept).toEqual([
      { id_no_masked: '已登记', phone_masked: '*********21', name: '古早' },
      { idNoMasked: '已登记', phoneMasked: null, version: 1 },
    ])
  } finally {
    await world.close()
  }
})
