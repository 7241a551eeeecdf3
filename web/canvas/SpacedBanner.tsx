import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { figuresAnswer } from '../../shared/api/journeys.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useLiveQuery } from './useLiveQuery.ts'

/** Tells what the journey's rate limit holds back, and until when (rule 22). */
export function SpacedBanner() {
  const { t } = useTranslation('canvas')
  const format = useFormat()
  const spaced = useLiveQuery('/figures', figuresAnswer)?.spaced ?? null
  if (spaced === null || spaced.waiting === 0 || spaced.lastAt === null) return null
  return (
    <Alert
      banner
      type="info"
      showIcon
      title={t('spaced', {
        count: spaced.waiting,
        messages: format.count(spaced.waiting),
        when: format.time(spaced.lastAt),
      })}
      data-testid="spaced"
    />
  )
}
