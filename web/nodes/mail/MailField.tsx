import { Button, Popconfirm, Segmented } from 'antd'
import { LayoutTemplate, PencilRuler } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../shared/journey/graph.ts'
import { allBlocks, type Mail, usualLook } from '../../../shared/mail/blocks.ts'
import { mailLayouts } from '../../../shared/mail/layouts.ts'
import { Field } from '../../ui/fields/Field.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import type { Subject } from './controls.tsx'
import { MailEditor } from './MailEditor.tsx'
import styles from './mail.module.css'

interface Props {
  readonly node: string
  readonly mail: Mail | undefined
  readonly subject: Subject
  readonly onChange: (mail: Mail | undefined, declare?: Journey['variables']) => void
  /** The text field that stands here where the mail is written as text or HTML. */
  readonly children: React.ReactNode
}

const emptyMail: Mail = { document: { look: usualLook, preheader: null, blocks: [] }, laid: null }

/** Of an e-mail: written as text or HTML, or made of blocks in an editor of its own. */
export function MailField({ node, mail, subject, onChange, children }: Props) {
  const { t } = useTranslation('mail')
  const [open, setOpen] = useState(false)
  const [choosing, setChoosing] = useState(false)
  const blocks = mail !== undefined
  return (
    <>
      <Field label={t('field.how')} path="mail">
        <Segmented
          block
          value={blocks || choosing ? 'blocks' : 'text'}
          aria-label={t('field.how')}
          options={(['text', 'blocks'] as const).map((value) => ({ value, label: t(`field.ways.${value}`) }))}
          // Back to text is a button with a question, as it throws blocks away.
          onChange={(way) => setChoosing(way === 'blocks')}
        />
        {blocks ? (
          <div className={styles.summary}>
            <span>{t('field.count', { count: allBlocks(mail.document.blocks).length })}</span>
            <span className={styles.summaryTools}>
              <Button
                type="primary"
                size="small"
                icon={<PencilRuler size={13} />}
                data-testid="mail-open"
                onClick={() => setOpen(true)}
              >
                {t('field.open')}
              </Button>
              <Popconfirm title={t('field.dropAsk')} onConfirm={() => onChange(undefined)}>
                <Button size="small" type="text">
                  {t('field.drop')}
                </Button>
              </Popconfirm>
            </span>
          </div>
        ) : choosing ? (
          <Layouts
            onPick={(next) => {
              onChange(next)
              setChoosing(false)
              setOpen(true)
            }}
          />
        ) : null}
      </Field>
      {blocks || choosing ? null : children}
      {mail === undefined ? null : (
        <MailEditor
          subject={subject}
          node={node}
          mail={mail}
          open={open}
          onChange={onChange}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

/** What a mail may begin with. */
function Layouts({ onPick }: { onPick: (mail: Mail) => void }) {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const begin = (make: (newId: () => string) => Mail['document']['blocks']) => {
    let count = 0
    const newId = () => {
      count += 1
      return `b${count}`
    }
    onPick({ ...emptyMail, document: { ...emptyMail.document, blocks: make(newId) } })
  }
  return (
    <div className={styles.layouts}>
      {mailLayouts.map(({ id, name, help, blocks }) => (
        <button
          key={id}
          type="button"
          className={styles.layout}
          data-testid={`mail-layout-${id}`}
          onClick={() => begin(blocks)}
        >
          <LayoutTemplate size={16} aria-hidden />
          <strong>{format.text(name)}</strong>
          <span>{format.text(help)}</span>
        </button>
      ))}
      <button
        type="button"
        className={styles.layout}
        data-testid="mail-layout-empty"
        onClick={() => begin(() => [])}
      >
        <LayoutTemplate size={16} aria-hidden />
        <strong>{t('field.empty')}</strong>
        <span>{t('field.emptyHelp')}</span>
      </button>
    </div>
  )
}
