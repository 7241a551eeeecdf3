import { Button, Input } from 'antd'
import { CircleCheck, Hand, SendHorizontal, SquarePen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type PreviewAnswer, type PreviewMessage, testSendAnswer } from '../../../shared/api/preview.ts'
import { channelOf, isChannel } from '../../../shared/channels/index.ts'
import { priceOf } from '../../../shared/message/compose.ts'
import { sayMilli } from '../../../shared/money.ts'
import { api } from '../../api/client.ts'
import { useBrand } from '../../api/system.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { sayVariable, useEditor } from '../../nodes/index.ts'
import { PassedOver } from '../../ui/PassedOver.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { WhoseText } from '../../ui/WhoseText.tsx'
import { useCanvas, useDocument } from '../context.ts'
import { useVisit } from '../useVisit.ts'
import styles from './Preview.module.css'
import { sayUsed } from './used.ts'
import type { Preview } from './usePreview.ts'

type Customer = NonNullable<PreviewAnswer['customer']>

/** What stands behind one message: values, what is missing, what holds it back, its cost; and a test send. */
export function PreviewDetails({
  message,
  customer,
  preview,
}: {
  message: PreviewMessage
  customer: Customer
  preview: Preview
}) {
  const { t } = useTranslation('preview')
  const { screen } = useCanvas()
  const { brand, ai } = useEditor()
  const visit = useVisit()
  const change = () => {
    screen.setState({ preview: false })
    visit({ node: message.node, field: 'text' })
  }
  const polished = useDocument(({ journey }) => Boolean(journey.nodes[message.node]?.config.ai))
  const units = message.units
  return (
    <div className={styles.details}>
      <Leaves message={message} />
      <PassedOver passed={message.passed} word={(gate) => gateWord(t, gate)} />
      <dl className={styles.facts}>
        <dt>{t('size')}</dt>
        <dd>
          {units === null
            ? t('pieces', { count: message.parts })
            : t('length', { count: message.parts, units })}
        </dd>
        <dt>{t('cost')}</dt>
        <dd>
          {priceOf(message.channel, brand) === null
            ? t('unpriced')
            : sayMilli(message.costMilli, brand.currency)}
        </dd>
      </dl>
      {polished ? (
        <WhoseText
          ai={message.ai}
          busy={preview.polishing === message.node}
          onPolish={ai && message.visit === 1 ? () => preview.polish(message.node) : null}
        />
      ) : null}
      <Values message={message} />
      <TestSend message={message} customer={customer} />
      <Button icon={<SquarePen size={14} />} onClick={change}>
        {t('goToNode')}
      </Button>
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation<'preview'>>['t']
/** A gate in words; one that this interface does not know is said as it is. */
const gateWord = (t: Translate, gate: string) => t(`gates.${gate}` as 'gates.cap', { defaultValue: gate })

function Leaves({ message }: { message: PreviewMessage }) {
  const { t } = useTranslation('preview')
  const { locale } = useLocale()
  const journey = useDocument((state) => state.journey)
  const { contents } = useEditor().brand
  const missing = message.missing.map((name) => sayVariable(name, journey, locale, contents))
  if (message.gate === null && message.ok)
    return (
      <p className={`${styles.verdict} ${styles.open}`}>
        <CircleCheck size={15} aria-hidden />
        {t('open')}
      </p>
    )
  return (
    <div className={`${styles.verdict} ${styles.held}`}>
      <Hand size={15} aria-hidden />
      <div>
        {message.gate === null ? null : <p>{t('held', { gate: gateWord(t, message.gate) })}</p>}
        {missing.length === 0 ? null : <p>{t('missing', { names: missing.join(t('comma')) })}</p>}
        {message.words.length === 0 ? null : (
          <p>
            {t('words')} {message.words.join(t('comma'))}
          </p>
        )}
        {message.problems
          .filter(({ code }) => code !== 'missing-value')
          .map(({ code, detail }) => (
            <p key={`${code} ${detail.en}`}>{detail[locale]}</p>
          ))}
      </div>
    </div>
  )
}

function Values({ message }: { message: PreviewMessage }) {
  const { t } = useTranslation('preview')
  const { locale } = useLocale()
  const { money, time } = useFormat()
  const journey = useDocument((state) => state.journey)
  const { contents } = useEditor().brand
  const used = Object.entries(message.used)
  return (
    <section>
      <h3>{t('values')}</h3>
      {used.length === 0 && message.missing.length === 0 ? (
        <p className={styles.quiet}>{t('noValues')}</p>
      ) : (
        <table className={styles.values}>
          <tbody>
            {used.map(([name, value]) => (
              <tr key={name}>
                <th scope="row" title={name}>
                  {sayVariable(name, journey, locale, contents)}
                </th>
                <td>{sayUsed(name, value, { money, day: (at) => time(at, 'date') })}</td>
              </tr>
            ))}
            {message.missing.map((name) => (
              <tr key={name} className={styles.gap}>
                <th scope="row" title={name}>
                  {sayVariable(name, journey, locale, contents)}
                </th>
                <td>–</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function TestSend({ message, customer }: { message: PreviewMessage; customer: Customer }) {
  const { t } = useTranslation('preview')
  const { document } = useCanvas()
  const sandbox = useBrand()?.sandbox ?? false
  const notice = useNotice()
  const [to, setTo] = useState('')
  const [busy, setBusy] = useState(false)
  const address = isChannel(message.channel) ? channelOf(message.channel).address : 'customer'
  const label = t(address === 'phone' ? 'test.phone' : address === 'email' ? 'test.email' : 'test.other')
  const send = async () => {
    setBusy(true)
    try {
      const { journey } = document.getState()
      const request = {
        journey,
        node: message.node,
        customerId: customer.id,
        channel: message.channel,
        to: to.trim(),
      }
      const { result, detail } = await api.post('/test-send', testSendAnswer, request)
      if (result === 'accepted') notice.done(t(sandbox ? 'test.donePhone' : 'test.done'))
      else notice.problem(t(`test.${result}`, { detail }))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section>
      <h3>{t('test.title')}</h3>
      <div className={styles.test}>
        <Input
          value={to}
          placeholder={label}
          aria-label={label}
          data-testid="test-send-to"
          onChange={(event) => setTo(event.target.value)}
          onPressEnter={() => void send()}
        />
        <Button
          icon={<SendHorizontal size={14} />}
          loading={busy}
          disabled={to.trim().length < 3}
          data-testid="test-send"
          onClick={() => void send()}
        >
          {t('test.send')}
        </Button>
      </div>
    </section>
  )
}
