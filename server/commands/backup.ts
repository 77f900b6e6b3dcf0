import { resolve } from 'node:path'
import {
  type BackupPlace,
  type Manifest,
  restore as read,
  backup as write,
} from '../../kernel/backup/backup.ts'
import { momentOf } from '../../kernel/clock.ts'
import { connect } from '../../kernel/database/connect.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, needed, type Printed } from '../command.ts'

async function asOwner(
  line: CommandLine,
  work: (place: BackupPlace) => Promise<Manifest>,
): Promise<Manifest> {
  const owner = connect(line.ownerUrl, { size: 1 })
  try {
    return await work({ owner, dataDir: line.dataDir, now: momentOf(line.services.clock.now()) })
  } finally {
    await owner.destroy()
  }
}

function told(manifest: Manifest, file: string, what: string): Printed {
  const rows = Object.values(manifest.tables).reduce((sum, t) => sum + t.rows, 0)
  return {
    json: { file, ...manifest },
    text: `${what}：${file}（${rows} 行，${manifest.files} 个文件，已核对）`,
  }
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
  async run(line) {
    const [name] = line.positionals
    if (!name) throw invalid('missingFile', '请写明备份文件：restore 文件.zip')
    const file = resolve(name)
    return told(await asOwner(line, (place) => read(place, file)), file, '已恢复')
  },
}
