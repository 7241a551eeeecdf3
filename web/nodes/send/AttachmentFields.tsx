import { Button, Dropdown, Input } from 'antd'
import { AppWindow, ArrowDown, ArrowUp, ImageIcon, Link2, Paperclip, ShoppingBag, Trash2 } from 'lucide-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AttachmentKind,
  attachmentKinds,
  attachmentNames,
  channels,
} from '../../../shared/channels/index.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { limits } from '../../../shared/limits.ts'
import type { Attachment } from '../../../shared/message/attachments.ts'
import { Field, Section } from '../../ui/fields/Field.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { moved } from '../list.ts'
import styles from './attachments.module.css'
import { MessageField } from './MessageField.tsx'
import { PicturePicker } from './PicturePicker.tsx'
import { PlainField } from './PlainField.tsx'

type Of<K extends AttachmentKind> = Extract<Attachment, { kind: K }>
type Change<A> = (attachment: A, part: string, declare?: Journey['variables']) => void

interface PartsProps<K extends AttachmentKind> {
  readonly attachment: Of<K>
  readonly path: string
  readonly change: Change<Of<K>>
}

function ImageParts({ attachment, path, change }: PartsProps<'image'>) {
  const { t } = useTranslation('nodes')
  return (
    <PlainField
      label={t('attachments.picture')}
      path={`${path}.asset`}
      hint={t('attachments.pictureHint')}
      value={attachment.asset}
      extra={<PicturePicker onPick={({ key }) => change({ ...attachment, asset: key }, 'asset')} />}
      onChange={(asset, declare) => change({ ...attachment, asset }, 'asset', declare)}
    />
  )
}

function LinkParts({ attachment, path, change }: PartsProps<'link'>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <PlainField
        label={t('attachments.url')}
        path={`${path}.url`}
        value={attachment.url}
        onChange={(url, declare) => change({ ...attachment, url }, 'url', declare)}
      />
      <MessageField
        label={t('attachments.title')}
        path={`${path}.title`}
        singleLine
        value={attachment.title}
        onChange={(title, declare) => change({ ...attachment, title }, 'title', declare)}
      />
      <MessageField
        label={t('attachments.description')}
        path={`${path}.description`}
        singleLine
        value={attachment.description ?? {}}
        onChange={(description, declare) => change({ ...attachment, description }, 'description', declare)}
      />
      <PlainField
        label={t('attachments.linkPicture')}
        path={`${path}.image`}
        hint={t('attachments.pictureHint')}
        value={attachment.image ?? ''}
        extra={<PicturePicker onPick={({ key }) => change({ ...attachment, image: key }, 'image')} />}
        onChange={(image, declare) =>
          change({ ...attachment, image: image === '' ? null : image }, 'image', declare)
        }
      />
    </>
  )
}

function MiniProgramParts({ attachment, path, change }: PartsProps<'mini_program'>) {
  const { t } = useTranslation('nodes')
  return (
    <>
      <Field label={t('attachments.appId')} path={`${path}.appId`} hint={t('attachments.appIdHint')}>
        {(id) => (
          <Input
            id={id}
            value={attachment.appId}
            maxLength={64}
            placeholder="wx…"
            onChange={({ target }) => change({ ...attachment, appId: target.value.trim() }, 'appId')}
          />
        )}
      </Field>
      <PlainField
        label={t('attachments.path')}
        path={`${path}.path`}
        value={attachment.path}
        onChange={(page, declare) => change({ ...attachment, path: page }, 'path', declare)}
      />
      <MessageField
        label={t('attachments.title')}
        path={`${path}.title`}
        singleLine
        value={attachment.title}
        onChange={(title, declare) => change({ ...attachment, title }, 'title', declare)}
      />
      <PlainField
        label={t('attachments.cover')}
        path={`${path}.image`}
        hint={t('attachments.pictureHint')}
        value={attachment.image}
        extra={<PicturePicker onPick={({ key }) => change({ ...attachment, image: key }, 'image')} />}
        onChange={(image, declare) => change({ ...attachment, image }, 'image', declare)}
      />
    </>
  )
}

interface Look<K extends AttachmentKind> {
  readonly icon: typeof Link2
  readonly parts: ComponentType<PartsProps<K>>
  readonly fresh: () => Of<K>
}

const blank = () => ({ 'zh-CN': '', en: '' })

const looks: { readonly [K in AttachmentKind]: Look<K> } = {
  image: { icon: ImageIcon, parts: ImageParts, fresh: () => ({ kind: 'image', asset: '' }) },
  link: {
    icon: Link2,
    parts: LinkParts,
    fresh: () => ({ kind: 'link', url: '', title: blank(), description: null, image: null }),
  },
  mini_program: {
    icon: AppWindow,
    parts: MiniProgramParts,
    fresh: () => ({ kind: 'mini_program', appId: '', path: '', title: blank(), image: '' }),
  },
}

/** A link card that says the product which is picked for each customer. */
const productCard = (): Attachment => ({
  kind: 'link',
  url: '{{ picks[0].link }}',
  title: { 'zh-CN': '{{ picks[0].name }}', en: '{{ picks[0].name }}' },
  description: {
    'zh-CN': '{{ picks[0].price | money }} · {{ picks[0].reason }}',
    en: '{{ picks[0].price | money }} · {{ picks[0].reason }}',
  },
  image: '{{ picks[0].image }}',
})

function Parts<K extends AttachmentKind>({
  attachment,
  path,
  change,
}: {
  readonly attachment: Of<K> & { readonly kind: K }
  readonly path: string
  readonly change: Change<Of<K>>
}) {
  const Shown: ComponentType<PartsProps<K>> = looks[attachment.kind].parts
  return <Shown attachment={attachment} path={path} change={change} />
}

export interface AttachmentFieldsProps {
  readonly channel: string
  readonly value: readonly Attachment[]
  readonly onChange: (value: Attachment[], field: string, declare?: Journey['variables']) => void
}

/** Pictures and cards that go with the text: added, put in order and taken away. */
export function AttachmentFields({ channel, value, onChange }: AttachmentFieldsProps) {
  const { t } = useTranslation('nodes')
  const carried: readonly AttachmentKind[] = channels.find(({ id }) => id === channel)?.attachments ?? []
  // A channel that carries nothing is silent about it, unless something is there already.
  if (carried.length === 0 && value.length === 0) return null
  const place = (from: number, to: number) => onChange(moved(value, from, to), 'attachments')
  return (
    <Section title={t('attachments.heading')}>
      {value.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: its place is all that an attachment is known by
        <div key={index} className={styles.one} data-testid={`attachment-${index}`}>
          <Head
            kind={attachment.kind}
            number={index + 1}
            of={value.length}
            onMove={(by) => place(index, index + by)}
            onRemove={() =>
              onChange(
                value.filter((_one, at) => at !== index),
                'attachments',
              )
            }
          />
          <Field path={`attachments.${index}`}>
            <Parts
              attachment={attachment}
              path={`attachments.${index}`}
              change={(next, part, declare) =>
                onChange(
                  value.map((one, at) => (at === index ? next : one)),
                  `attachments.${index}.${part}`,
                  declare,
                )
              }
            />
          </Field>
        </div>
      ))}
      <Add
        carried={carried}
        full={value.length >= limits.attachments.value}
        onAdd={(attachment) => onChange([...value, attachment], 'attachments')}
      />
    </Section>
  )
}

function Head({
  kind,
  number,
  of,
  onMove,
  onRemove,
}: {
  readonly kind: AttachmentKind
  readonly number: number
  readonly of: number
  readonly onMove: (by: number) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const { icon: Icon } = looks[kind]
  return (
    <div className={styles.head}>
      <Icon size={14} aria-hidden />
      <strong>{format.text(attachmentNames[kind])}</strong>
      <span className={styles.gap} />
      <Button
        type="text"
        size="small"
        icon={<ArrowUp size={13} />}
        aria-label={t('attachments.up', { number })}
        disabled={number === 1}
        onClick={() => onMove(-1)}
      />
      <Button
        type="text"
        size="small"
        icon={<ArrowDown size={13} />}
        aria-label={t('attachments.down', { number })}
        disabled={number === of}
        onClick={() => onMove(1)}
      />
      <Button
        type="text"
        size="small"
        danger
        icon={<Trash2 size={13} />}
        aria-label={t('attachments.remove', { number })}
        onClick={onRemove}
      />
    </div>
  )
}

function Add({
  carried,
  full,
  onAdd,
}: {
  readonly carried: readonly AttachmentKind[]
  readonly full: boolean
  readonly onAdd: (attachment: Attachment) => void
}) {
  const { t } = useTranslation('nodes')
  const format = useFormat()
  const kinds = attachmentKinds
    .filter((kind) => carried.includes(kind))
    .map((kind) => {
      const { icon: Icon, fresh } = looks[kind]
      return {
        key: kind,
        icon: <Icon size={14} />,
        label: format.text(attachmentNames[kind]),
        onClick: () => onAdd(fresh()),
      }
    })
  const product = {
    key: 'product',
    icon: <ShoppingBag size={14} />,
    label: t('attachments.product'),
    onClick: () => onAdd(productCard()),
  }
  const items = carried.includes('link') ? [...kinds, product] : kinds
  return (
    <Dropdown menu={{ items }} trigger={['click']} disabled={full || items.length === 0}>
      <Button icon={<Paperclip size={14} />} data-testid="add-attachment">
        {t('attachments.add')}
      </Button>
    </Dropdown>
  )
}
