/**
 * A province of any size with the product's own keys and paths, kept in a folder so that the next run finds it:
 * `npm run bench -- province --members 100000 [--data folder]`. A run that was cut short goes on where it stood.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { crowd } from './province/crowd.ts'
import { openProvince } from './province/province.ts'

const { values } = parseArgs({
  options: { members: { type: 'string', default: '10000' }, data: { type: 'string' } },
})
const members = Number(values.members)
if (!Number.isInteger(members) || members < 1000) throw new Error('--members: a whole number from 1000 on')
const opened = await openProvince(resolve(values.data ?? `.data/province-${members}`), members, console.log)
try {
  console.table(await crowd(opened.dataDir, opened.ownerUrl))
} finally {
  await opened.close()
}
