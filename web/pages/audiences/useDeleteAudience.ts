import { App } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type AudienceSummary, audienceSummary } from '../../../shared/api/customers.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'

/**
 * Deletes an audience. A condition can be written again, so it is deleted at once and undone by a press; a
 * list's members cannot be brought back, so it asks. The server refuses while a journey uses it.
 */
export function useDeleteAudience(): (audience: AudienceSummary) => void {
  const { t } = useTranslation(['audiences', 'common'])
  const { modal } = App.useApp()
  const notice = useNotice()
  const format = useFormat()
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work()
      return true
    } catch (error) {
      notice.problem(error)
      return false
    } finally {
      await refresh('/audiences')
    }
  }
  const destroy = (key: string) => run(() => api.delete(`/audiences/${key}`, z.unknown()))
  return (audience) => {
    const { key, name, condition, size } = audience
    const said = format.text(name)
    if (condition === null) {
      modal.confirm({
        title: t('deleteAsk.title', { name: said }),
        content: t('deleteAsk.text', { count: size }),
        okText: t('deleteAsk.ok'),
        cancelText: t('common:cancel'),
        okButtonProps: { danger: true },
        onOk: async () => {
          if (await destroy(key)) notice.done(t('deleted', { name: said }))
        },
      })
      return
    }
    const restore = () => run(() => api.post('/audiences', audienceSummary, { key, name, condition }))
    void destroy(key).then((gone) => {
      if (gone) notice.undoable(t('deleted', { name: said }), () => void restore())
    })
  }
}
