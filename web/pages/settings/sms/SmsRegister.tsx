import { useMutation } from '@tanstack/react-query'
import { Button, Tag, Typography } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type SmsAnswer, smsAnswer } from '../../../../shared/api/sms.ts'
import { smsKinds } from '../../../../shared/channels/sms/providers.ts'
import { type ReviewState, reviewStates, type SmsTemplate } from '../../../../shared/channels/sms/register.ts'
import { api } from '../../../api/client.ts'
import { refresh, useApiQuery } from '../../../api/query.ts'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'
import { SmsTemplateForm } from './SmsTemplateForm.tsx'
import styles from './sms.module.css'

const colours = { approved: 'success', pending: 'processing', refused: 'error' } as const satisfies Record<
  ReviewState,
  string
>

/** What is registered with the provider of text messages; nothing where it takes any text. */
export function SmsRegister() {
  const { data } = useApiQuery('/settings/sms', smsAnswer)
  return data?.registered === true ? <Register answer={data} /> : null
}

function Register({ answer }: { answer: SmsAnswer }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const notice = useNotice()
  const [edited, setEdited] = useState<SmsTemplate | 'new' | null>(null)
  const { templates, signatures, syncedAt, hook } = answer
  const sync = useMutation({
    mutationFn: () => api.post('/settings/sms/sync', smsAnswer),
    onSuccess: async (found) => {
      notice.done(t('channels.sms.synced', { count: found.templates.length }))
      await refresh('/settings/')
    },
    onError: notice.problem,
  })
  return (
    <section className={styles.register} data-testid="sms-register">
      {hook === null ? null : (
        <div className={styles.hook}>
          <p>{t('channels.sms.hook')}</p>
          <Typography.Text code copyable={{ text: wholeAddress(hook) }} style={{ overflowWrap: 'anywhere' }}>
            {wholeAddress(hook)}
          </Typography.Text>
        </div>
      )}
      <div className={styles.head}>
        <h3>{t('channels.sms.title')}</h3>
        <small>
          {syncedAt === null
            ? t('channels.sms.never')
            : t('channels.sms.syncedAt', { when: format.time(syncedAt) })}
        </small>
        <Button onClick={() => setEdited('new')} data-testid="sms-type-template">
          {t('channels.sms.type')}
        </Button>
        <Button loading={sync.isPending} onClick={() => sync.mutate()} data-testid="sms-sync">
          {t('channels.sms.sync')}
        </Button>
      </div>
      {signatures.length === 0 ? null : (
        <div className={styles.signatures}>
          {signatures.map(({ name, state, why }) => (
            <Tag key={name} color={colours[state]} title={why === '' ? undefined : why}>
              【{name}】{format.text(reviewStates[state])}
            </Tag>
          ))}
        </div>
      )}
      {templates.length === 0 ? <p className={styles.none}>{t('channels.sms.none')}</p> : null}
      <ul className={styles.list}>
        {templates.map((template) => (
          <TemplateRow key={template.code} template={template} onEdit={() => setEdited(template)} />
        ))}
      </ul>
      {edited === null ? null : (
        <SmsTemplateForm
          provider={answer.provider}
          template={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  )
}

/** Without a public address the server knows the path alone. */
const wholeAddress = (hook: string): string => (hook.startsWith('/') ? `${location.origin}${hook}` : hook)

function TemplateRow({ template, onEdit }: { template: SmsTemplate; onEdit: () => void }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const notice = useNotice()
  const { code, name, text, kind, state, why, byHand, most } = template
  const remove = useMutation({
    mutationFn: () => api.delete(`/settings/sms/templates/${encodeURIComponent(code)}`, smsAnswer),
    onSuccess: () => refresh('/settings/'),
    onError: notice.problem,
  })
  return (
    <li>
      <div className={styles.row}>
        <strong>{name}</strong>
        <code>{code}</code>
        <Tag>{format.text(smsKinds[kind])}</Tag>
        <Tag color={colours[state]}>{format.text(reviewStates[state])}</Tag>
        {byHand ? <Tag>{t('channels.sms.byHand')}</Tag> : null}
        {most === null ? null : <Tag>{t('channels.sms.most', { count: most })}</Tag>}
        <span className={styles.gap} />
        <Button size="small" type="text" onClick={onEdit}>
          {t('channels.sms.edit')}
        </Button>
        <Button size="small" type="text" danger loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('channels.sms.remove')}
        </Button>
      </div>
      <p>{text}</p>
      {why === '' ? null : <p className={styles.why}>{why}</p>}
    </li>
  )
}
