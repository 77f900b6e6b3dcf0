/** How offices head, title and ask in 少先队工作. */
import type { LineOfWords } from './shape.ts'

export const words: LineOfWords = {
  line: '少先队工作',
  ledgers: {
    pioneerWork: {
      sheets: '少先队 少先队活动 队课 微队课 入队仪式 红领巾 少先队工作台账',
      headers: {
        title: '队课名称 微队课名称 课题',
        day: '录制时间 举行时间',
        org: '上级单位',
        personTimes: '参加队员 队员人数',
        instructor: '辅导员姓名 大队辅导员 中队辅导员 主讲辅导员',
        lecturer: '红领巾讲师 校外辅导员',
        kind: '工作类别 活动类型 队课类型',
        school: '学校名称 所在学校 录制学校 承办学校 大队名称',
        program: '品牌活动',
        classes: '课数 微队课数量 录制堂数 队课数量 数量（堂）',
        cohort: '年级 级别（年） 入队年级 届别',
        intake: '第几批 入队批次 批',
        newPioneers: '入队人数 新队员 新发展队员 新队员人数',
        lecturerCount: '讲师团人数 讲师数 聘请讲师',
        guided: '团带队 团委指导 团委参与 是否团带队',
      },
      options: {
        'kind.demoClass': '主题示范队课 示范课 队课 少先队活动课',
        'kind.microClass': '录制微队课 红领巾微队课 微课',
        'kind.practice': '主题实践 主题实践教育 社会实践 研学',
        'kind.ceremony': '入队 首批入队 入队典礼',
        'kind.lecturers': '红领巾讲师团 讲师团组建',
        'kind.recital': '诵读 宣讲 红领巾宣讲 诵读活动',
        'kind.training': '辅导员风采 辅导员会议 辅导员轮训',
        'kind.congress': '少先队代表大会 大队委竞选 队委会',
      },
    },
    pioneerOrg: {
      sheets: '大队名录 中队统计 少先队基本情况 辅导员名册 大队统计',
      headers: {
        title: '学校名称 少先队组织名称 少先队大队 大队 学校',
        day: '成立时间 建立时间',
        org: '所属乡镇 带队团组织 主管团组织 指导团组织',
        instructor: '大队辅导员 辅导员姓名 大队辅导员姓名',
        kind: '组织类型 大队类型',
        squads: '中队 班级数',
        members: '少先队员 队员人数 少先队员数 队员',
        instructors: '辅导员 辅导员人数 中队辅导员数',
        hasCommittee: '是否建少工委 少工委 是否成立少工委 学校少工委',
        closedOn: '撤销日期',
      },
      options: {
        'kind.primary': '小学大队 中心小学 完小',
        'kind.middle': '中学 初中大队 九年一贯制',
        'kind.outside': '校外少工委 社区 村',
      },
    },
  },
}
