import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { NodeType } from '../../../shared/nodes/type.ts'
import { changeJourney } from '../../commands/change-journey.ts'
import type { DraftConfig } from '../../nodes/index.ts'
import { useDocument, useRun } from '../context.ts'

/** A trigger that comes again, where nobody may come in again: offers the re-entry that fits it. */
export function ReentryHint({ type, draft }: { type: NodeType; draft: DraftConfig }) {
  const { t } = useTranslation('canvas')
  const run = useRun()
  const settings = useDocument(({ journey }) => journey.settings)
  const right = draft.shape === 'right' && draft.issues.length === 0
  const again = right ? (type.again?.(draft.config) ?? null) : null
  if (again === null || settings.reentry.kind !== 'never') return null
  const part = { settings: { ...settings, reentry: again } }
  const about =
    again.kind === 'after_days'
      ? t('reentry.propose.after_days', { days: again.days })
      : t('reentry.propose.after_leaving')
  return (
    <Alert
      type="info"
      title={t('reentry.comesAgain')}
      description={about}
      action={
        <Button
          size="small"
          onClick={() => run(changeJourney, { part, field: 'reentry' })}
          data-testid="propose-reentry"
        >
          {t('reentry.take')}
        </Button>
      }
    />
  )
}
