import { resolve } from 'node:path'
import { type BackupPlace, backup as write } from '../../kernel/backup/backup.ts'
import { type Manifest, verify } from '../../kernel/backup/manifest.ts'
import { restore as read } from '../../kernel/backup/restore.ts'
import { momentOf } from '../../kernel/clock.ts'
import { connect } from '../../kernel/database/connect.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, needed, type Printed } from '../command.ts'

async function asOwner<T>(line: CommandLine, work: (place: BackupPlace) => Promise<T>): Promise<T> {
  const owner = connect(line.ownerUrl, { size: 1 })
  try {
    return await work({ owner, dataDir: line.dataDir, now: momentOf(line.services.clock.now()) })
  } finally {
    await owner.destroy()
  }
}

function told(manifest: Manifest, file: string, what: string, warnings: string[] = []): Printed {
  const rows = Object.values(manifest.tables).reduce((sum, t) => sum + t.rows, 0)
  const { entries: _, ...short } = manifest
  const warned = [...warnings, ...lackingIn(manifest)]
  return {
    json: { file, ...short, warnings: warned },
    text: [
      `${what}：${file}（${rows} 行，${manifest.files} 个文件，已核对）`,
      ...warned.map((words) => `注意：${words}`),
    ].join('\n'),
  }
}

const NAMED = 20

/** Files that rows name and that were not there, or not as they had been, when the backup was written. */
function lackingIn({ lacking = [] }: Manifest): string[] {
  const words = (why: string, what: string) => {
    const these = lacking.filter((f) => f.why === why)
    if (these.length === 0) return []
    const names = these.slice(0, NAMED).map((f) => `${f.name}（${f.sha256.slice(0, 12)}…）`)
    return [`${these.length} 个文件${what}：${names.join('、')}${these.length > NAMED ? ' 等' : ''}。`]
  }
  return [
    ...words('missing', '在数据文件夹里已经找不到，备份里没有'),
    ...words('damaged', '已经损坏，照原样放进备份，恢复时不会用'),
    ...(lacking.length > 0 ? ['请从更早的备份里找回这些文件，放进 files 文件夹。'] : []),
  ]
}

export const backup: Command = {
  usage: ['backup --out 文件.zip'],
  about: '备份全部数据、附件和密钥到一个文件，并读回核对；系统可以开着。备份里有密钥，请妥善保管',
  options: { out: { type: 'string' } },
  async run(line) {
    const file = resolve(needed(line, 'out', '备份文件'))
    return told(await asOwner(line, (place) => write(place, file)), file, '已备份')
  },
}

export const restore: Command = {
  usage: ['restore 文件.zip --data 空文件夹'],
  about: '把备份恢复到一个空的数据文件夹，先核对再写入，要么全部恢复，要么什么都不写',
  options: {},
  /** Before the folder is made: a backup that is no good leaves nothing. */
  async prepare({ positionals: [name] }) {
    if (!name) throw invalid('missingFile', '请写明备份文件：restore 文件.zip')
    await verify(resolve(name))
  },
  async run(line) {
    const file = resolve(line.positionals[0] ?? '')
    const { manifest, warnings } = await asOwner(line, (place) => read(place, file))
    return told(manifest, file, '已恢复', warnings)
  },
}
