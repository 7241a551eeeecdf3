import { Drawer, Form } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { importAnswer } from '../../../shared/api/imports.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { suggestKey } from '../../ui/audience-key.ts'
import { ListFile, type Lists } from '../../ui/ListFile.tsx'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'

/** Puts the customers of files into the list of a key; one that is not there yet is made under a name. */
function useLists(key: string, name: WrittenText | null): Lists {
  return useMemo(
    () => ({
      send(file) {
        const form = new FormData()
        if (name !== null) form.set('name', JSON.stringify(name))
        form.set('file', file)
        return api.post(`/audiences/${encodeURIComponent(key)}/list`, importAnswer, form)
      },
      read: (list, signal) => api.get(`/imports/${encodeURIComponent(list)}`, importAnswer, { signal }),
      rejectedHref: (list) => api.href(`/imports/${encodeURIComponent(list)}/rejected.csv`),
    }),
    [key, name],
  )
}

const read = () => {
  void refresh('/audiences')
  void refresh('/customers')
}

/** More customers for a list, from a file. */
export function MoreByFile({ audience }: { audience: string }) {
  return <ListFile lists={useLists(audience, null)} into="list" onRead={read} />
}

interface NewListProps {
  readonly taken: ReadonlySet<string>
  readonly open: boolean
  readonly onClose: () => void
}

/** A new list of the customers that a file names. */
export function NewList({ open, onClose, taken }: NewListProps) {
  const { t } = useTranslation('audiences')
  return (
    <Drawer open={open} size={520} title={t('byFile.title')} onClose={onClose} destroyOnHidden>
      {open ? <Making taken={taken} /> : null}
    </Drawer>
  )
}

function Making({ taken }: Pick<NewListProps, 'taken'>) {
  const { t } = useTranslation('audiences')
  const [name, setName] = useState<WrittenText>({})
  // The list keeps its key while its name is being read again with it in it.
  const [others] = useState(taken)
  const key = suggestKey(name.en, others)
  const lists = useLists(key, name)
  const named = Boolean(name['zh-CN']?.trim() || name.en?.trim())
  return (
    <Form layout="vertical">
      <Form.Item label={t('editor.name')}>
        <LocalTextInput
          value={name}
          onChange={setName}
          placeholder={t('byFile.placeholder')}
          maxLength={60}
        />
      </Form.Item>
      {named ? <ListFile lists={lists} into="list" onRead={read} /> : <p>{t('byFile.nameFirst')}</p>}
    </Form>
  )
}
