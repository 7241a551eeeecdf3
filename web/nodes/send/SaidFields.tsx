import { Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { channels, wayOf } from '../../../shared/channels/index.ts'
import { wechatWays } from '../../../shared/channels/wechat.ts'
import { wecomWays } from '../../../shared/channels/wecom.ts'
import { useEditor } from '../../conditions/editor.ts'
import { About, Field } from '../../ui/fields/Field.tsx'
import type { ConfigOf, FormProps } from '../card.ts'
import { MailField } from '../mail/MailField.tsx'
import { AttachmentFields } from './AttachmentFields.tsx'
import { newSubject } from './looks.ts'
import { MessageField } from './MessageField.tsx'
import { TemplateFields } from './TemplateFields.tsx'
import { TextFoot } from './TextFoot.tsx'

type Config = ConfigOf<'send'>

/** The ways of each channel that has some. */
const waysOf: Readonly<Record<string, readonly Config['way'][]>> = { wecom: wecomWays, wechat: wechatWays }

/** How a message leaves, where its channel has ways of its own. */
function WayField({ config, change }: Omit<FormProps<Config>, 'id'>) {
  const { t } = useTranslation('nodes')
  const ways = waysOf[config.channel]
  const way = ways?.find((one) => one === wayOf(config.channel, config.way))
  if (ways === undefined || way === undefined) return null
  const hint = t(`send.wayHints.${way}`)
  if (ways.length === 1)
    return (
      <Field label={t('send.way')} path="way" hint={hint}>
        <span>{t(`send.ways.${way}`)}</span>
      </Field>
    )
  return (
    <Field label={t('send.way')} path="way" hint={hint}>
      <Segmented
        block
        value={way}
        aria-label={t('send.way')}
        options={ways.map((one) => ({ value: one, label: t(`send.ways.${one}`) }))}
        onChange={(chosen) => change({ ...config, way: chosen }, 'way')}
      />
    </Field>
  )
}

/** What is said on one channel, and where to. */
export function SaidFields({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const content = channels.find((one) => one.id === config.channel)?.content
  const { sms } = useEditor().brand
  const terms = content === 'sms' ? sms : undefined
  return (
    <>
      <WayField config={config} change={change} />
      {content === 'email' ? (
        <MessageField
          label={t('send.subject')}
          path="subject"
          singleLine
          value={config.subject ?? {}}
          onChange={(subject, declare) => change({ ...config, subject }, 'subject', declare)}
        />
      ) : null}
      {content === 'json' ? (
        <Field label={t('send.url')} path="url">
          {(field) => (
            <Input
              id={field}
              value={config.url ?? ''}
              placeholder="https://"
              onChange={({ target }) =>
                change({ ...config, url: target.value === '' ? null : target.value }, 'url')
              }
            />
          )}
        </Field>
      ) : null}
      {content === 'json' ? (
        <Field label={t('send.body')} path="body" extra={<About text={t(`send.bodyHints.${config.body}`)} />}>
          <Segmented
            value={config.body}
            aria-label={t('send.body')}
            options={(['envelope', 'json'] as const).map((body) => ({
              value: body,
              label: t(`send.bodies.${body}`),
            }))}
            onChange={(body) => change({ ...config, body }, 'body')}
          />
        </Field>
      ) : null}
      {terms === undefined ? (
        <Body id={id} config={config} change={change} />
      ) : (
        <TemplateFields terms={terms} config={config} change={change} />
      )}
      <AttachmentFields
        channel={config.channel}
        value={config.attachments}
        onChange={(attachments, field, declare) => change({ ...config, attachments }, field, declare)}
      />
      {content === 'json' ? null : (
        <Field path="track" hint={t('send.trackHint')}>
          <Select
            value={config.track === null ? 'brand' : config.track ? 'track' : 'plain'}
            aria-label={t('send.track')}
            data-testid="send-track"
            options={(['brand', 'track', 'plain'] as const).map((way) => ({
              value: way,
              label: t(`send.tracks.${way}`),
            }))}
            onChange={(way) =>
              change({ ...config, track: way === 'brand' ? null : way === 'track' }, 'track')
            }
          />
        </Field>
      )}
    </>
  )
}

/** The text, or of an e-mail the blocks in its place. */
function Body({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const content = channels.find((one) => one.id === config.channel)?.content
  const text = (
    <MessageField
      label={t(config.body === 'json' && content === 'json' ? 'send.json' : 'send.text')}
      path="text"
      value={config.text}
      onChange={(text, declare) => change({ ...config, text }, 'text', declare)}
      foot={(text) => <TextFoot text={text} config={config} />}
    />
  )
  if (content !== 'email') return text
  return (
    <MailField
      node={id}
      mail={config.mail}
      subject={{
        value: config.subject ?? newSubject,
        change: (subject, declare) => change({ ...config, subject }, 'subject', declare),
      }}
      onChange={(mail, declare) => change({ ...config, mail }, 'mail', declare)}
    >
      {text}
    </MailField>
  )
}
