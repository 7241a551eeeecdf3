import { Button } from 'antd'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TestCallAnswer } from '../../shared/api/preview.ts'
import { useEditor } from '../conditions/editor.ts'
import { previewCustomer } from '../store/preview-customer.ts'
import fields from '../ui/fields/Field.module.css'
import { Section } from '../ui/fields/Field.tsx'
import { sayCall } from '../ui/say-call.ts'
import { useNotice } from '../ui/useNotice.tsx'
import styles from './webhook-call.module.css'

/** Calls once for real, so that one sees the answer and the way out before anybody walks here. */
export function TryCall({ node, portName }: { node: string; portName: (port: string) => string }) {
  const { t } = useTranslation('nodes')
  const { document, tryCall } = useEditor()
  const notice = useNotice()
  const [busy, setBusy] = useState(false)
  const [answer, setAnswer] = useState<TestCallAnswer | null>(null)
  const call = async () => {
    setBusy(true)
    setAnswer(null)
    try {
      const { journey } = document.getState()
      setAnswer(await tryCall({ journey, node, customerId: previewCustomer.getState().id }))
    } catch (problem) {
      notice.problem(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title={t('webhookCall.try')}>
      <Button icon={<Send size={14} />} loading={busy} onClick={() => void call()} data-testid="try-call">
        {t('webhookCall.tryOnce')}
      </Button>
      <p className={fields.hint}>{t('webhookCall.tryHint')}</p>
      {answer === null ? null : <Tried answer={answer} port={portName(answer.port)} />}
    </Section>
  )
}

function Tried({ answer, port }: { answer: TestCallAnswer; port: string }) {
  const { t } = useTranslation('nodes')
  const { t: told } = useTranslation('customers')
  const { reason, sent, answer: text } = answer
  const why = typeof reason.reason === 'string' ? sayCall(reason.reason, told) : null
  return (
    <div className={styles.tried} data-testid="try-call-answer">
      <p>
        {answer.called ? t('webhookCall.tried', { port }) : t('webhookCall.notTried', { port })}
        {why === null ? null : t('webhookCall.triedWhy', { why })}
      </p>
      {sent === null ? null : <Block title={t('webhookCall.sent')} text={sent} />}
      {text === null ? null : <Block title={t('webhookCall.answered')} text={text} />}
    </div>
  )
}

function Block({ title, text }: { title: string; text: string }) {
  return (
    <>
      <span className={styles.triedTitle}>{title}</span>
      <pre className={styles.code}>{text}</pre>
    </>
  )
}
