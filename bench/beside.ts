/**
 * `/api/me` alone and beside ten heavy roll-ups, in a province of 100,000 members that is kept in `.data`:
 * `npm run bench -- beside [folder]`. The numbers of `province`, under the name of the question.
 */
import { resolve } from 'node:path'
import { crowd } from './province/crowd.ts'
import { openProvince } from './province/province.ts'

const MEMBERS = 100_000

const dataDir = resolve(process.argv[2] ?? `.data/province-${MEMBERS}`)
const opened = await openProvince(dataDir, MEMBERS, console.log)
try {
  console.table(await crowd(opened.dataDir, opened.ownerUrl))
} finally {
  await opened.close()
}
