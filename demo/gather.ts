/** What stands in a folder of the demo, one file each: to add to it is to add a file. The index reads the others. */
import { readdirSync } from 'node:fs'

/** The export of that name of every file, in the order of the file names; `file` is the name without its ending. */
export async function gathered<T>(folder: URL, name: string): Promise<{ file: string; found: T }[]> {
  const files = readdirSync(folder).filter((file) => /^[A-Za-z0-9]+\.ts$/.test(file) && file !== 'index.ts')
  const modules = await Promise.all(
    files.sort().map(async (file) => {
      const module = (await import(new URL(file, folder).href)) as Record<string, T | undefined>
      return { file: file.slice(0, -3), found: module[name] }
    }),
  )
  return modules.flatMap(({ file, found }) => (found === undefined ? [] : [{ file, found }]))
}
