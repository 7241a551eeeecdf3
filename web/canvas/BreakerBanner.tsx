import { Alert, Button } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import { channelOf } from '../../shared/channels/index.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { useCanvas, useDocument } from './context.ts'
import { useResume } from './publish/useResume.ts'
import { useLiveQuery } from './useLiveQuery.ts'
import { useVisit } from './useVisit.ts'

/** Tells that the journey has paused itself, where and why; it goes on when a person says so. */
export function BreakerBanner() {
  const { t } = useTranslation('canvas')
  const canvas = useCanvas()
  const format = useFormat()
  const notice = useNotice()
  const visit = useVisit()
  const resume = useResume()
  const answer = useLiveQuery('', journeyAnswer)
  const nodes = useDocument(({ journey }) => journey.nodes)
  const status = answer?.status
  useEffect(() => {
    if (status !== undefined) canvas.meta.setState({ status })
  }, [canvas.meta, status])
  const trip = answer?.breaker ?? null
  if (trip === null) return null
  const { at, node, customerId, channel, limit } = trip
  const words = {
    when: format.time(at),
    node: format.text(nodes[node]?.name ?? { en: node }),
    customer: customerId,
    channel: format.text(channelOf(channel).name),
    count: limit,
  }
  return (
    <Alert
      banner
      type="warning"
      showIcon
      title={t('breaker.title')}
      description={t('breaker.why', words)}
      data-testid="breaker"
      action={
        <>
          <Button size="small" type="text" onClick={() => visit({ node, field: null })}>
            {t('breaker.look')}
          </Button>
          <Button size="small" onClick={() => void resume().catch(notice.problem)}>
            {t('breaker.resume')}
          </Button>
        </>
      }
    />
  )
}
