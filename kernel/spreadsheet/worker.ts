/** The thread in which a stranger's file is parsed. Answers once: a workbook, or a refusal as data. */
import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../errors.ts'
import { type ParseRequest, parseWorkbook } from './parse.ts'
import type { Workbook } from './workbook.ts'

export type WorkerAnswer = { workbook: Workbook } | { refused: { code: string; message: string } }

async function answer(request: ParseRequest): Promise<WorkerAnswer> {
  try {
    return { workbook: await parseWorkbook(request) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { refused: { code: error.code, message: error.message } }
  }
}

parentPort?.postMessage(await answer(workerData))
