import { type ModelRun, modelRun } from '../../../../shared/api/models.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

/** The last run as people see it; one of a release that told otherwise is as good as none. */
export function lastRunOf({ sqlite }: BrandDatabase): ModelRun | null {
  const report = sqlite.prepare<[], string>('select report from model_runs').pluck().get()
  return report === undefined ? null : valueOr(readColumn(report, modelRun), null)
}
