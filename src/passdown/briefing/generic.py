"""Stems that the documents of at least 6 of 16 unrelated projects have in common; made by `benchmarks/generic_words.py`."""

_STEMS = """
about above abstraction accept acces accidental acros action activ actual add added addition additional advanc affect after against agent aggregat
alia all allow alone already also alternativ alway analysi and another any api app appear append applic apply approach appropriat approval architectur
archiv are area argument around array ask asset assum assumption async attempt authentic automatic automatical availabl avoid back backend base based
bash becaus been befor behavior being below benefit better between binary block blocker body both boundary branch break brief budget bug build but
cach call can candidat cannot capability captur case catch cause centraliz certain chain chang check choic claim clas class claud clean cleanup clear
cli clos cod code codebas codex collect command comment commit committ common compact compatibility complet completenes completion complex complexity
component comprehensiv concret concurrent config configur confirm conflict confusion connection consider consistency consistent constraint consum
contain content context continu contract control convention convert coordin copy core correct cost could count cover coverag cre creat credential
criteria current custom dashboard data date debug debugg decid decision dedicat default defin definition delet depend dependency deployment deriv
describ description design detail detect detection determin developer development diff differenc different direct directory discover discovery display
doc document doe doesn domain don done down dropp due duplicat dur each easy edge edit editor element embedd emitt empty enabl encod end endpoint
enforc engin enhanc enough ensur entir entry env environment error establish etc even event every evidenc exact exampl except execut executabl
execution exist expand expect experienc explain explicit export expos extend extension external extract fail failur fallback false featur feedback
fetch field file filenam filter final finaliz find first fix fixe fixed fixtur flag flow focu follow for forc form format formatt found four framework
free fresh from full function functionality futur gap gate gener general generat generic get git gitignor give given global goal good graph green grep
group guidanc guide guidelin handl handler handoff happen has have help helper here historical history hit hook host how http identify identity ignor
immediate implement implicit import important improv improvement includ inconsistency independent index indicat inform infrastructur init initial
initializ input inspect install instanc instead instruction integr intent intentional interactiv interfac internal into introduc investigat invok
isolat issu issue item its itself job json just keep kept key know knowledg known languag last latest layer layout learn left legacy let level library
lifecycl like limit line link lint list live load loc local log logg logic logical login long look loop made main maintain major mak make management
manager manual many map mapp mark markdown match material may mean memory merg merge messag metadata method metric middlewar migr migrat minimal
minimum mismatch miss mistak mode model modify modul more most mov move multipl must nam name namespac need network never new next none normal
normaliz not note now null number object once one only open oper option optional orchestr order organiz origin original other otherwis out outcom
output over overrid overview own packag page parallel parameter pars parse partial pas pass path pattern pend per performanc period permission persist
persistenc personal phas phase pipelin plain plan plann platform plugin point policy post potential practic precis prefer prefix present preserv
prevent previou previous primary principl prior priority problem proces process produc product production profil progres project promis prompt proper
propos protection protocol provid provider public pull purpos push python quality query question queue quick rate rather rational raw read readines
ready real reason receiv recent recommend record recovery reduc refactor referenc reflect refresh reject relat releas relevant rely remain remot remov
removal repeat replac repo report repository represent request requir requirement resolution resolv resourc respons responsibility result resum retry
return review reviewer risk root rout route rule run runn runtim safe safety same save say schema scope script search second section security see
select selection semantic send separat sequenc server servic session set sett setup shar short should show signal similar simpl singl size skill skip
skipp small solution some sort sourc special specializ specific specify src stabl stack stale standalon standard start stat state statu stay step
still stop storag store str strategy strict structur style succeed succes successful suggest suggestion summariz summary support surfac sync syntax
system tail target task team technical tell templat temporary test text than that the their them then these they thi those through tim time timeout
timestamp title token too tool top track transform tree troubleshoot true try two type unavailabl unchang under understand unexpect unit unknown until
updat url usage use used user using utility valid validat valu value variabl variant verifi verific verify version via view wait want warn was watch
way web were what when where whether which while why will window with within without work worker workflow would writ write writer wrong yaml yet you
your zero
"""
GENERIC = frozenset(_STEMS.split())

__all__ = ["GENERIC"]
