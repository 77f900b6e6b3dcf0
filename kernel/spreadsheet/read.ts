/** The one way in for a spreadsheet: its bytes are judged here and parsed in a thread with limits. */
import { Worker } from 'node:worker_threads'
import { invalid, Refusal } from '../errors.ts'
import { LIMITS, tooLarge } from './limits.ts'
import { sniffFormat } from './sniff.ts'
import type { Workbook } from './workbook.ts'
import type { WorkerAnswer } from './worker.ts'

export interface ReadOptions {
  fileName: string
  /** Read this sheet only. */
  sheet?: string
  signal?: AbortSignal
  milliseconds?: number
}

/** Refuses with a code: notSpreadsheet, emptyFile, spreadsheetLocked, spreadsheetTooLarge, sheetNotFound. */
export async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<Workbook> {
  const { fileName, sheet } = options
  const format = sniffFormat(bytes, fileName)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { bytes, fileName, sheet, format },
    resourceLimits: { maxOldGenerationSizeMb: LIMITS.heapMegabytes },
    env: {},
    execArgv: [],
  })
  try {
    const answer = await awaitAnswer(worker, options)
    if ('refused' in answer) throw invalid(answer.refused.code, answer.refused.message)
    return answer.workbook
  } finally {
    await worker.terminate()
  }
}

function awaitAnswer(worker: Worker, { fileName, signal, milliseconds }: ReadOptions): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const limit = milliseconds ?? LIMITS.milliseconds
    const timer = setTimeout(() => reject(tooLarge(`${Math.round(limit / 1000)} 秒内没有读完`)), limit)
    const stop = (outcome: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      outcome()
    }
    const cancel = () => stop(() => reject(new Refusal('conflict', 'cancelled', '已取消导入。')))
    worker.once('message', (answer: WorkerAnswer) => stop(() => resolve(answer)))
    worker.once('error', (error) => stop(() => reject(refusalOf(error, fileName))))
    worker.once('exit', () => stop(() => reject(refusalOf(null, fileName))))
    if (signal?.aborted) cancel()
    else signal?.addEventListener('abort', cancel)
  })
}

function refusalOf(error: unknown, fileName: string): Refusal {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return tooLarge('读取时内存不够')
  return invalid(
    'notSpreadsheet',
    `“${fileName}”读不出来，可能已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。`,
  )
}
