import { Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { channels } from '../../../shared/channels/index.ts'
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

/** What is said on one channel, and where to. */
export function SaidFields({ id, config, change }: FormProps<Config>) {
  const { t } = useTranslation('nodes')
  const content = channels.find((one) => one.id === config.channel)?.content
  const { sms } = useEditor().brand
  const terms = content === 'sms' ? sms : undefined
  return (
    <>
      {content === 'chat' ? (
        <Field label={t('send.way')} path="way" hint={t(`send.wayHints.${config.way}`)}>
          <Segmented
            block
            value={config.way}
            aria-label={t('send.way')}
            options={wecomWays.map((way) => ({ value: way, label: t(`send.ways.${way}`) }))}
            onChange={(way) => change({ ...config, way }, 'way')}
          />
        </Field>
      ) : null}
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
