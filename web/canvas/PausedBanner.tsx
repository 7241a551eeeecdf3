import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useShallow } from 'zustand/react/shallow'
import { pausesAnswer } from '../../shared/api/delivery.ts'
import { useApiQuery } from '../api/query.ts'
import { useBrandPath } from '../api/useBrandPath.ts'
import { useChannelName } from '../ui/PhoneMessage.tsx'
import { useDocument } from './context.ts'

/** Tells of channels that the journey sends by, and of which nothing leaves as a person has paused them. */
export function PausedBanner() {
  const { t } = useTranslation('canvas')
  const name = useChannelName()
  const path = useBrandPath()
  const used = useDocument(
    useShallow(({ journey }) =>
      Object.values(journey.nodes).flatMap(({ config: { channel } }) =>
        typeof channel === 'string' ? [channel] : [],
      ),
    ),
  )
  const pauses = useApiQuery('/delivery/pauses', pausesAnswer, { refetchInterval: 30_000 }).data?.pauses ?? []
  const paused = pauses.filter(({ channel }) => used.includes(channel))
  if (paused.length === 0) return null
  return (
    <Alert
      banner
      type="warning"
      showIcon
      title={t('paused', { channel: paused.map(({ channel }) => name(channel)).join(' · ') })}
      action={<Link to={path('delivery')}>{t('pausedSee')}</Link>}
      data-testid="channels-paused"
    />
  )
}
