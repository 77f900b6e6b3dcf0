/** Waits for long work that this page began; what was begun goes on in the inbox when the page is left. */
import { getJob, type Job } from '../../kernel/jobs/contract.ts'
import { call } from '../app/client.ts'
import { queryClient } from '../app/queries.ts'
import { jobEnded } from './JobProgress.tsx'

const EVERY_MS = 600

/** Resolves with the ended job; null when `left` says that nobody waits any more. */
export async function jobDone(
  id: string,
  told: (job: Job) => void,
  left: () => boolean,
): Promise<Job | null> {
  for (;;) {
    if (left()) return null
    const job = await call(getJob, { params: { id } })
    told(job)
    if (jobEnded(job)) {
      await queryClient.invalidateQueries({ queryKey: ['jobs.list'] })
      return job
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
  }
}
