import { useTranslation } from 'react-i18next'
import type { PreviewAnswer, PreviewMessage } from '../../../shared/api/preview.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useJourneyName } from '../../nodes/index.ts'
import { readNode } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import styles from './Preview.module.css'

type Stay = PreviewAnswer['stays'][number]

/** A node's name, and the sentence of its card. */
function useSaid(node: string): { name: string; sentence: string } {
  const { types } = useCanvas()
  const { locale } = useLocale()
  const format = useFormat()
  const journeyName = useJourneyName()
  const journey = useDocument((state) => state.journey)
  const drawn = journey.nodes[node]
  const read = drawn === undefined ? null : readNode(drawn, types, journey)
  return {
    name: drawn === undefined ? node : format.text(drawn.name),
    sentence:
      read === null
        ? ''
        : read.type.describe(read.config, { locale, currency: format.currency, journeyName }),
  }
}

/** What brings this customer in, in a sentence. */
export function Entry({ entry }: Pick<PreviewAnswer, 'entry'>) {
  return entry === null ? null : <Brought entry={entry} />
}

function Brought({ entry: { node, by, at, event } }: { entry: NonNullable<PreviewAnswer['entry']> }) {
  const { t } = useTranslation('preview')
  const format = useFormat()
  const { sentence } = useSaid(node)
  const times = { at: format.time(at, 'short'), when: event === null ? '' : format.time(event.at, 'short') }
  return (
    <p className={styles.entry} data-testid="preview-entry">
      {sentence === '' ? null : <strong>{sentence}</strong>}
      <span>{t(`entry.${by}`, times)}</span>
    </p>
  )
}

/** Where this customer stays between two messages, and until when. */
export function Stays({ stay: { node, until } }: { stay: Stay }) {
  const { t } = useTranslation('preview')
  const format = useFormat()
  const { name, sentence } = useSaid(node)
  const shown = sentence || name
  return (
    <p className={styles.stay} title={name}>
      {until === null
        ? t('stays.open', { what: shown })
        : t('stays.until', { what: shown, until: format.time(until, 'short') })}
    </p>
  )
}

/** Messages and the waits before them in the order of time; what has no time stands last, as it came. */
export function inOrder(
  messages: readonly PreviewMessage[],
  stays: readonly Stay[],
): (PreviewMessage | Stay)[] {
  const time = (one: PreviewMessage | Stay) =>
    ('channel' in one ? one.at : one.from) ?? Number.MAX_SAFE_INTEGER
  return [...messages, ...stays].sort((a, b) => time(a) - time(b))
}
