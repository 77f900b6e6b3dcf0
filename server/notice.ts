/** server.json in the data folder: which server is at work here, and where. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conflict } from '../kernel/errors.ts'

const fileIn = (dataDir: string) => join(dataDir, 'server.json')
const PATIENCE_MS = 1000

/** Answers how to take the notice away again. */
export function putNotice(dataDir: string, url: string): () => void {
  writeFileSync(fileIn(dataDir), JSON.stringify({ pid: process.pid, url }))
  return () => rmSync(fileIn(dataDir), { force: true })
}

/**
 * For a folder whose database is elsewhere, where no lock of the database would end with a machine that lost its power.
 * @throws Refusal `serverRunning` when the server of the notice still answers.
 */
export async function refuseSecond(dataDir: string): Promise<void> {
  const url = noticed(dataDir)
  if (!url || !(await answers(url))) return
  throw conflict(
    'serverRunning',
    `数据文件夹 ${dataDir} 已有服务在运行：${url}。请直接打开它；要重新启动，请先停止它；要另开一套，请用 --data 指定别的文件夹。`,
  )
}

function noticed(dataDir: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as { url: string }).url
  } catch {
    return undefined
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
    (answer) => answer.ok,
    () => false,
  )
