/** A backup beyond what 32 bits can say: more than 4 GiB in one photo store, and one file behind that mark. */
import { createHash } from 'node:crypto'
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { openFiles } from '../files.ts'
import { newId } from '../id.ts'
import { openSecrets } from '../keyFile.ts'
import { openWorld } from '../testing.ts'
import { readArchive, sealFits, writeArchive } from './archive.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

const NOW = '2024-06-18 09:30:00'
const LARGE = 4_300_000_000

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece)
  return hash.digest('hex')
}

test('4.3 GB are backed up, verified and restored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-large-'))
  const [from, to] = [join(folder, 'from'), join(folder, 'to')]
  const [world, empty] = await Promise.all([openWorld(migrations), openWorld(migrations)])
  try {
    for (const place of [from, to]) mkdirSync(place)
    await openSecrets(world.owner, from)
    await world.owner.insertInto('setting').values({ key: newId(), value: '"kept"' }).execute()
    const sparse = join(folder, 'sparse')
    writeFileSync(sparse, '')
    truncateSync(sparse, LARGE)
    const large = await digestOf(sparse)
    const place = join(from, 'files', large.slice(0, 2), large)
    mkdirSync(dirname(place), { recursive: true })
    renameSync(sparse, place)
    // Digests are written in their order: one of these lies behind the large file, beyond the mark.
    const small = await Promise.all(
      Array.from({ length: 300 }, (_, n) => openFiles(from).put(Buffer.from(`photo ${n}`))),
    )
    const file = join(folder, 'large.zip')
    await backup({ owner: world.owner, dataDir: from, now: NOW }, file)
    expect(statSync(file).size).toBeGreaterThan(LARGE)
    await restore({ owner: empty.owner, dataDir: to, now: NOW }, file)
    expect(await openFiles(to).list()).toEqual([...small, large].sort())
    expect(statSync(join(to, 'files', large.slice(0, 2), large)).size).toBe(LARGE)
    expect(small.some((sha) => sha > large)).toBe(true)
  } finally {
    await Promise.all([world.close(), empty.close()])
    rmSync(folder, { recursive: true })
  }
})

test('more entries than 16 bits can count are all read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-many-'))
  const file = join(folder, 'many.zip')
  const archive = writeArchive(file)
  for (let n = 0; n < 66_000; n++) await archive.add(`files/${n}`, [Buffer.from(`${n}`)], false)
  await archive.finish()
  const read = new Set<string>()
  await readArchive(file, async (name, pieces) => {
    let text = ''
    for await (const piece of pieces) text += Buffer.from(piece).toString()
    if (name === `files/${text}`) read.add(name)
  })
  expect(await sealFits(file)).toBe(true)
  expect(read.size).toBe(66_000)
  rmSync(folder, { recursive: true })
})
