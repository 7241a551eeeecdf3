import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { channelOf } from '../../../shared/channels/index.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { useVisit } from '../useVisit.ts'

/** The words in which a rehearsal's breaker is told; null where the journey would not pause itself. */
export function useBreakerWords(): { readonly node: string; readonly why: string } | null {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const breaker = useStore(rehearsal, (state) => state.report?.breaker ?? null)
  const nodes = useStore(rehearsal, (state) => state.journey?.nodes)
  if (breaker === null) return null
  const { at, node, customer, address, channel, limit, sent } = breaker
  const why = t('breaker.why', {
    when: format.time(Date.parse(at)),
    node: format.text(nodes?.[node]?.name ?? { en: node }),
    ...{ customer, address, count: limit },
    channel: format.text(channelOf(channel).name),
    sent: format.count(sent),
  })
  return { node, why }
}

/** Tells that the journey would pause itself, when and before which message. */
export function BreakerNote() {
  const { t } = useTranslation('rehearsal')
  const visit = useVisit()
  const words = useBreakerWords()
  if (words === null) return null
  const { node, why } = words
  return (
    <Alert
      type="warning"
      showIcon
      title={why}
      data-testid="rehearsal-breaker"
      action={
        <Button size="small" type="text" onClick={() => visit({ node, field: null })}>
          {t('breaker.look')}
        </Button>
      }
    />
  )
}
