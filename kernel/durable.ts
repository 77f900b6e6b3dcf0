/** What is written survives a power cut only when the file and the folder that names it have both been synced. */
import { link, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { newId } from './id.ts'

export async function syncFolder(folder: string): Promise<void> {
  // Windows has no such call; its file system keeps names by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}

/** With the folders above it that are not there yet. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (!first) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** Never seen half written. Of two who make one file at once the first one's stands; true for that one. */
export async function writeOnce(file: string, bytes: Uint8Array): Promise<boolean> {
  return written(file, bytes, (temporary) =>
    link(temporary, file).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false
        throw error
      },
    ),
  )
}

/** Never seen half written: the old content or the new one. */
export async function replaceFile(file: string, bytes: Uint8Array): Promise<void> {
  await written(file, bytes, (temporary) => rename(temporary, file))
}

async function written<T>(
  file: string,
  bytes: Uint8Array,
  place: (temporary: string) => Promise<T>,
): Promise<T> {
  await makeFolder(dirname(file))
  const temporary = `${file}.${newId()}`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    await handle
      .writeFile(bytes)
      .then(() => handle.sync())
      .finally(() => handle.close())
    return await place(temporary)
  } finally {
    await rm(temporary, { force: true })
    await syncFolder(dirname(file))
  }
}
